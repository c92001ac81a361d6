import { changed, emptied, fresh, gone, type Difference, type Mask } from './difference.js';
import type { Pairing } from './pairing.js';
import { isInBag, type ReplyPart } from './part.js';
import type { ReadReply } from './read-reply.js';

/** What was found between two replies, told once each: what a list or an object lost with all it had is not told again. */
export function tellDifferences(
  found: Pairing,
  emptiedPlaces: readonly ReplyPart[],
  { parts }: ReadReply,
  mask: Mask,
): Difference[] {
  const now = [...found.pairs.map(([, after]) => after), ...found.fresh];
  const roots = new Set(now.filter((part) => !isInBag(part)).map(({ kind }) => kind));
  const isTold = (kind: string) => ancestorsOf(kind).some((ancestor) => roots.has(ancestor));
  const heldSomething = (kind: string) => parts.some((part) => part.kind.startsWith(`${kind}/`));
  const holdsNothing = ({ kind, text }: ReplyPart) => text === '' && heldSomething(kind);
  const differences = [
    ...found.pairs.flatMap(([before, after]) => (isTold(before.kind) ? [] : [changed(before, after, mask)])),
    ...emptiedPlaces.flatMap((part) => (isTold(part.kind) ? [] : [emptied(part)])),
    ...found.gone.flatMap((part) => (part.text === '' || isTold(part.kind) ? [] : [gone(part, mask)])),
    ...found.fresh.flatMap((part) => {
      if (isTold(part.kind)) return [];
      return [holdsNothing(part) ? emptied(part) : fresh(part, mask, parts)];
    }),
  ];
  // A key may be a secret, too: an address, a name.
  return differences.map((one) => ({ ...one, place: mask(one.place), words: mask(one.words) }));
}

/** Pointers of what a JSON value stands in. */
function ancestorsOf(kind: string): string[] {
  const steps = kind.split('/');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
}
