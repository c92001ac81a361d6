/** A start this late is the generator's fault: an event loop in good health is late by a few ms. */
const lateAfterMs = 50;

/** How well the generator kept to its own plan. */
export class Starts {
  all = 0;
  late = 0;
  maxLateMs = 0;

  add(lateMs: number): void {
    this.all++;
    if (lateMs > lateAfterMs) this.late++;
    this.maxLateMs = Math.max(this.maxLateMs, lateMs);
  }

  /** False when so many starts were late that figures tell of the generator, not of the bank: one in fifty is still fair. */
  get keptUp(): boolean {
    return this.late <= this.all / 50;
  }
}
