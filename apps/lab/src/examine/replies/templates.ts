import { isWord } from './tokens.js';

/** Stands for any token in a template. */
export const any = '\u0000';

/** What two texts share that are the same but for some of their words; undefined where they share too little. */
export function templateOf(one: readonly string[], other: readonly string[]): string[] | undefined {
  if (one.length !== other.length || likeness(one, other) < 0.5) return undefined;
  return one.map((token, index) => (token === other[index] ? token : any));
}

/** The share of words that stand in both at the same place. */
export function likeness(one: readonly string[], other: readonly string[]): number {
  if (one.length !== other.length) return 0;
  let words = 0;
  let same = 0;
  for (const [index, token] of one.entries()) {
    if (!isWord(token)) continue;
    words += 1;
    if (token === other[index]) same += 1;
  }
  return words === 0 ? 0 : same / words;
}

/** Texts with a word or more that varies: `Visitor 41` and `Visitor 42` are the same text to it. */
export class Templates {
  readonly #byShape = new Map<string, readonly (readonly string[])[]>();

  copy(): Templates {
    const copy = new Templates();
    for (const [shape, templates] of this.#byShape) copy.#byShape.set(shape, templates);
    return copy;
  }

  add(kind: string, template: readonly string[]): void {
    const shape = shapeOf(kind, template);
    const others = (this.#byShape.get(shape) ?? []).filter((narrower) => !covers(template, narrower));
    this.#byShape.set(shape, [...others, template]);
  }

  /** The template that the tokens fit, else the tokens. */
  fit(kind: string, tokens: readonly string[]): readonly string[] {
    return this.#byShape.get(shapeOf(kind, tokens))?.find((template) => covers(template, tokens)) ?? tokens;
  }
}

/** Texts of different shapes are never alike. */
export function shapeOf(kind: string, tokens: readonly string[]): string {
  return `${tokens.length} ${kind}`;
}

function covers(template: readonly string[], tokens: readonly string[]): boolean {
  return template.every((token, index) => token === any || token === tokens[index]);
}
