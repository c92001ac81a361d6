import { fellBehind } from '../load/fell-behind.js';
import { modeNames, type ModeName } from '../bank/modes.js';
import { eachFigure, type FigureKind, type Figures } from '../statistics/figures.js';

/** The measurements in which the lab itself fell behind its load, for the reader of their latencies. */
export class FallenBehind {
  readonly #rounds = new Map<ModeName, number[]>();
  #first: string | undefined;

  add(mode: ModeName, round: number, why: string): void {
    this.#first ??= why;
    this.#rounds.set(mode, [...(this.#rounds.get(mode) ?? []), round + 1]);
  }

  /** One note for all of them, none when there were none. */
  notes(rounds: number): string[] {
    if (this.#first === undefined) return [];
    const where = modeNames.flatMap((mode) => {
      const behind = this.#rounds.get(mode);
      if (behind === undefined) return [];
      if (rounds <= 1) return [mode];
      return [`${mode} (${behind.length === rounds ? 'every round' : `${behind.join(', ')} of ${rounds} rounds`})`];
    });
    const max = rounds <= 1 ? '' : ' Where it did so in most rounds, the figure is void, too.';
    return [
      `${fellBehind}, and latencies and what else hangs on its pace are void in ${where.join(', ')}.${max} ` +
        `The first time, ${this.#first}.`,
    ];
  }
}

/** The figures without those that tell of the lab, when the lab fell behind. */
export function withoutLatencies<Key extends string>(
  kinds: Readonly<Record<Key, FigureKind>>,
  figures: Figures<Key>,
): Figures<Key> {
  return eachFigure(kinds, (key) => (kinds[key].latency ? null : figures[key]));
}
