/** An invariant that does not hold; ends the audit. */
export class Breach extends Error {
  constructor(invariant: 'M1' | 'M2' | 'M3', what: string) {
    super(`${invariant}: ${what}`);
    this.name = 'Breach';
  }
}
