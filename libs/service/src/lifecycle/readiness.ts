export const READINESS = Symbol('READINESS');

/**
 * What must be there before a pod takes clients. Redis is not among it once a pod has started: it is shared, so a fault
 * of it would take every pod away at once, and nobody would answer 503.
 */
export class Readiness {
  readonly #conditions = new Map<string, () => boolean>();

  /** Adds a condition under a name that tells what is missing. */
  require(name: string, holds: () => boolean): void {
    this.#conditions.set(name, holds);
  }

  /** Names of the conditions that do not hold; empty when ready. */
  missing(): string[] {
    return [...this.#conditions].filter(([, holds]) => !holds()).map(([name]) => name);
  }
}
