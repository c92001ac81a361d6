import type { ReplyPart } from './part.js';
import { any, Templates } from './templates.js';

/** By which replicas tell themselves apart in what they say: names, ids of a boot. One for all requests of a journey. */
export class ReplicaTraits {
  readonly #words = new Set<string>();
  readonly #templates = new Templates();

  /** What differs between what two replicas say, beside the template that both fit. */
  learn(one: ReplyPart, other: ReplyPart, template: readonly string[] | undefined): void {
    if (template !== undefined) this.#templates.add(one.kind, template);
    for (const { tokens } of [one, other]) {
      if (template === undefined && tokens.length > 1) continue;
      const own = tokens.filter((_, index) => template === undefined || template[index] === any);
      // A short word or a number stands in many places where no replica is meant.
      for (const word of own) if (word.length >= 4 && /\p{L}/u.test(word)) this.#words.add(word);
    }
  }

  maskWords(tokens: readonly string[]): readonly string[] {
    return tokens.map((token) => (this.#words.has(token) ? any : token));
  }

  fit(kind: string, tokens: readonly string[]): readonly string[] {
    return this.#templates.fit(kind, tokens);
  }
}
