export const READINESS = Symbol('READINESS');

/**
 * What must be there before a pod takes clients. Redis is not among it once a pod has started: it is shared, so a fault
 * of it would take every pod away at once, and nobody would answer 503.
 */
export class Readiness {
  readonly #conditions = new Map<string, () => boolean | string>();

  /** Adds a condition under a name that tells what is missing; it holds, or may say why it does not. */
  require(name: string, holds: () => boolean | string): void {
    this.#conditions.set(name, holds);
  }

  /** The conditions that do not hold, each by its name and why, if it says so; empty when ready. */
  missing(): string[] {
    return [...this.#conditions].flatMap(([name, holds]) => {
      const answer = holds();
      if (answer === true) return [];
      return answer === false ? [name] : [`${name}: ${answer}`];
    });
  }
}
