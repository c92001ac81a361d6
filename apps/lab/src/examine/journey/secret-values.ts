const mask = '•••';
/** Shorter ones stand in ordinary words, too, and are masked only where they stand alone. */
const shortest = 6;

/** Values that nothing printed may show. */
export class SecretValues {
  readonly #values = new Set<string>();

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  /** Adds a value, and what it looks like in an address and in JSON. */
  add(value: string): void {
    if (value === '') return;
    for (const written of [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)])
      this.#values.add(written);
  }

  /** `text` with each of the values masked, longer ones first. */
  mask(text: string): string {
    const longestFirst = [...this.#values].toSorted((one, other) => other.length - one.length);
    return longestFirst.reduce(
      (masked, value) => (value.length < shortest ? maskWord(masked, value) : masked.replaceAll(value, mask)),
      text,
    );
  }
}

function maskWord(text: string, value: string): string {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), mask);
}
