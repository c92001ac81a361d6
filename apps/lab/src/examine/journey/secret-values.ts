import type { JourneyUser } from './users.js';

const mask = '•••';
/** Shorter ones stand in ordinary words, too, and are masked only where they stand alone. */
const shortest = 6;
/** Identifies nobody, and stands anywhere: in a request's name, in a count. */
const anybodys = /^\d{0,2}$/;
const placeholder = '\\{\\{\\s*[\\w.-]+\\s*\\}\\}';

/** Values that nothing printed may show: of what users bring their placeholders (`{{user.item}}`) are shown. */
export class SecretValues {
  /** By the value, what is shown for it. */
  readonly #shown = new Map<string, string>();
  #pattern: RegExp | undefined;

  constructor(users: Iterable<JourneyUser> = []) {
    for (const user of users) for (const [name, value] of user) this.add(value, `{{${name}}}`);
  }

  /** Adds a value, and what it looks like in an address and in JSON. One that is known is shown as it was. */
  add(value: string, shown = mask): void {
    if (anybodys.test(value)) return;
    this.#pattern = undefined;
    for (const written of [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)])
      if (!this.#shown.has(written)) this.#shown.set(written, shown);
  }

  /** `text` with each of the values masked, longer ones first; placeholders stay, so that it may be masked again. */
  mask(text: string): string {
    this.#pattern ??= this.#compiled();
    return text.replace(this.#pattern, (found) => this.#shown.get(found) ?? found);
  }

  #compiled(): RegExp {
    const longestFirst = [...this.#shown.keys()].toSorted((one, other) => other.length - one.length);
    const literals = longestFirst.map((value) => {
      const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return value.length < shortest ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
    });
    return new RegExp([placeholder, ...literals].join('|'), 'gu');
  }
}
