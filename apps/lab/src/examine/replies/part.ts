import { tokensOf } from './tokens.js';

/** One thing that a reply says. */
export interface ReplyPart {
  /**
   * What it is compared with: a JSON Pointer with `*` for a place in a list (its own parts stand for themselves), or
   * `text`, `link`, `form`, `field NAME`, `cookie NAME`, `redirect` (of a page, all of a kind are compared as a bag,
   * since one more above moves those below it).
   */
  readonly kind: string;
  /** Where it stands, for what changes so much there that only the place is known. */
  readonly at: string;
  /** Empty where it is there and holds nothing. */
  readonly text: string;
  readonly tokens: readonly string[];
  /** Stands in a list, where others' may rightly stand beside one's own. */
  readonly repeated: boolean;
}

/** A part that is known by its place; `kind` is where it stands. */
export function placedPart(kind: string, text: string, tokens: readonly string[] = tokensOf(text)): ReplyPart {
  return { kind, at: kind, text, tokens, repeated: kind.includes('/*') };
}

/** Whether a part is one of a bag of its kind, rather than known by its place. */
export function isInBag({ kind }: ReplyPart): boolean {
  return kind === 'text' || kind === 'link' || kind === 'form';
}
