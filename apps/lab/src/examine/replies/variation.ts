import { outerDifference, type Difference, type Mask } from './difference.js';
import { pairUp, type Pairing } from './pairing.js';
import { isInBag, type ReplyPart } from './part.js';
import type { ReadReply } from './read-reply.js';
import { ReplicaTraits } from './replica-traits.js';
import { tellDifferences } from './tell-differences.js';
import { templateOf, Templates } from './templates.js';

/** What varies on its own in the replies to one request, so that it is never taken for memory. */
export class Variation {
  readonly #traits: ReplicaTraits;
  #templates = new Templates();
  /** Places whose content varies, and whether there may be none. */
  #places = new Map<string, boolean>();
  #statuses = new Set<number>();
  #hasLearned = false;

  constructor(traits = new ReplicaTraits()) {
    this.#traits = traits;
  }

  /** Whether it has compared any two replies: where it has not, ids are taken to vary. */
  get hasLearned(): boolean {
    return this.#hasLearned;
  }

  /** One that knows what this one does, and that replies which should be alike vary as these do. */
  withLike([first, ...others]: readonly ReadReply[]): Variation {
    const more = new Variation(this.#traits);
    more.#templates = this.#templates.copy();
    more.#places = new Map(this.#places);
    more.#statuses = new Set(this.#statuses);
    more.#hasLearned = this.#hasLearned;
    if (first !== undefined) for (const other of others) more.learn(first, other);
    return more;
  }

  /**
   * Takes what differs between two replies for variation. Two clients that each came here by the same requests must
   * have got them: what one client is told the second time it asks may well be what the service remembers of the first.
   * @param told `replica` where two replicas gave them, to a request that needs no earlier one
   */
  learn(one: ReadReply, other: ReadReply, told: 'alike' | 'replica' = 'alike'): void {
    if (one.status === undefined || other.status === undefined) return;
    this.#hasLearned = true;
    if (one.status !== other.status) {
      this.#statuses.add(one.status).add(other.status);
      return;
    }
    if (one.format !== other.format) this.#places.set('format', true);
    let found = this.pairing(one, other);
    // Of what is said twice, masking one place may leave the other alone.
    while (found.pairs.length + found.gone.length + found.fresh.length > 0) {
      this.#learnFrom(found, one, other, told);
      found = this.pairing(one, other);
    }
  }

  /** What differs beside what varies. `mask` hides secrets in what is told of it. */
  differences(one: ReadReply, other: ReadReply, mask: Mask = String): Difference[] {
    const outer = outerDifference(one, other, mask);
    if (one.status !== other.status && this.#answers(one) && this.#answers(other)) return [];
    if (outer !== undefined && !this.#places.has(outer.place)) return [outer];
    return tellDifferences(this.pairing(one, other), this.#emptiedPlaces(one, other), one, mask);
  }

  /** What either reply says alone, paired where one stands in the other's place; what varies is left out. */
  pairing(one: ReadReply, other: ReadReply): Pairing {
    const [mine, theirs] = [this.#byWhatItSays(one), this.#byWhatItSays(other)];
    const beyond = (parts: Map<string, ReplyPart[]>, others: Map<string, ReplyPart[]>) =>
      [...parts].flatMap(([key, alike]) => alike.slice(others.get(key)?.length ?? 0));
    return pairUp(beyond(mine, theirs), beyond(theirs, mine));
  }

  /** Whether a part stands where replies vary, so that nothing is told by it. */
  #varies({ at }: ReplyPart): boolean {
    return this.#places.has(at);
  }

  /** A part's words, those that vary masked. */
  #masked({ kind, tokens }: ReplyPart): readonly string[] {
    return this.#traits.fit(kind, this.#templates.fit(kind, this.#traits.maskWords(tokens)));
  }

  /** Whether two parts say the same. */
  #key(part: ReplyPart): string {
    return `${part.kind}\n${this.#masked(part).join('\n')}`;
  }

  #learnFrom(found: Pairing, one: ReadReply, other: ReadReply, told: 'alike' | 'replica'): void {
    for (const [before, after] of found.pairs) {
      const template = templateOf(this.#masked(before), this.#masked(after));
      if (template === undefined) this.#maskPlaces([before, after], one, other);
      else this.#templates.add(before.kind, template);
      if (told === 'replica') this.#traits.learn(before, after, template);
    }
    this.#maskPlaces([...found.gone, ...found.fresh], one, other);
  }

  #answers({ status }: ReadReply): boolean {
    return status !== undefined && this.#statuses.has(status);
  }

  #byWhatItSays({ parts }: ReadReply): Map<string, ReplyPart[]> {
    const said = new Map<string, ReplyPart[]>();
    for (const part of parts) {
      if (this.#varies(part)) continue;
      const key = this.#key(part);
      const alike = said.get(key);
      if (alike === undefined) said.set(key, [part]);
      else alike.push(part);
    }
    return said;
  }

  #maskPlaces(parts: readonly ReplyPart[], one: ReadReply, other: ReadReply): void {
    if (parts.length === 0) return;
    const [mine, theirs] = [filledPlaces(one), filledPlaces(other)];
    for (const { at } of parts) {
      this.#places.set(at, this.#places.get(at) === true || !mine.has(at) || !theirs.has(at));
    }
  }

  /** Of places that always held something, those that hold nothing now. */
  #emptiedPlaces(one: ReadReply, other: ReadReply): ReplyPart[] {
    const now = filledPlaces(other);
    const before = new Map<string, ReplyPart>();
    for (const part of one.parts) {
      // A block with a number has another one when one more stands above it.
      const isSteady = part.at.startsWith('cookie ') ? false : !isInBag(part) || !/\d\]?$/.test(part.at);
      if (isSteady && part.text !== '' && this.#places.get(part.at) === false) before.set(part.at, part);
    }
    return [...before.values()].filter(({ at }) => !now.has(at));
  }
}

function filledPlaces({ parts }: ReadReply): Set<string> {
  return new Set(parts.flatMap(({ at, text }) => (text === '' ? [] : [at])));
}
