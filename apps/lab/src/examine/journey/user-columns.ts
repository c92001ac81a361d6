import type { JourneyUser } from './users.js';

/** Columns of the users' file, as they are found in a journey, with the values of the recordings. */
export class UserColumns {
  /** What the user of the journey, or of the first recording, brings. */
  readonly user = new Map<string, string>();
  /** What the second recording has in the same places, where it has them. */
  readonly #second = new Map<string, string>();

  /** @param taken names that the journey has already */
  constructor(private readonly taken: ReadonlySet<string>) {}

  /** The column of a value that is known: the same both times has the same column, wherever it is brought. */
  known(value: string, second: string | undefined): string | undefined {
    return [...this.user.keys()].find((name) => {
      const known = this.#second.get(name);
      return this.user.get(name) === value && (known === second || known === undefined || second === undefined);
    });
  }

  /** The column of a value; one of its own, named for the field, where it has none yet. */
  columnOf(value: string, second: string | undefined, field: string): string {
    const column = this.known(value, second) ?? this.#free(field);
    this.user.set(column, value);
    if (second !== undefined) this.#second.set(column, second);
    return column;
  }

  /** The user of the second recording; undefined where it was the same, and did the same. */
  get second(): JourneyUser | undefined {
    const differs = [...this.#second].some(([name, value]) => this.user.get(name) !== value);
    return differs ? new Map([...this.user, ...this.#second]) : undefined;
  }

  #free(field: string): string {
    const base = `user.${field.replace(/[^\w-]+/g, '_') || 'secret'}`;
    let column = base;
    for (let number = 2; this.user.has(column) || this.taken.has(column); number += 1) column = `${base}${number}`;
    return column;
  }
}
