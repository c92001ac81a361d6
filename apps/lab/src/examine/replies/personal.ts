import { isSecret, placeOf, shown, type Mask } from './difference.js';
import { isInBag, type ReplyPart } from './part.js';
import type { ReadReply } from './read-reply.js';
import { any, templateOf } from './templates.js';
import { isOpaque, time } from './tokens.js';
import { Variation } from './variation.js';

/**
 * What of a reply depends on who asks, by what two users were told, each perhaps more than once: places (`/user/name`)
 * and texts with what differs left out (`"Signed in as …"`).
 */
export function personalisedParts(
  ofOne: readonly ReadReply[],
  ofOther: readonly ReadReply[],
  variation: Variation,
  mask: Mask = String,
): string[] {
  const [one, other] = [ofOne[0], ofOther[0]];
  if (one === undefined || other === undefined) return [];
  const settled = variation.withLike(ofOne).withLike(ofOther);
  if (one.status !== other.status) return settled.differences(one, other, mask).map(() => 'status');
  const { pairs, gone, fresh } = settled.pairing(one, other);
  const named = (part: ReplyPart, tokens = part.tokens) => {
    if (!isInBag(part)) return mask(placeOf(part.kind));
    const words = tokens.map((token) => (token === any || token === time ? '…' : token)).join(' ');
    const said = shown(words.replaceAll(/ (?=[,.;:!?)])|(?<=[(]) /g, ''), mask);
    return part.kind === 'text' ? said : `${part.kind} ${said}`;
  };
  const found = [
    ...pairs.map(([part, instead]) => ({ part, name: named(part, templateOf(part.tokens, instead.tokens)) })),
    ...[...gone, ...fresh].map((part) => ({ part, name: isInBag(part) ? `${named(part)} to one alone` : named(part) })),
  ];
  return [
    ...new Set(
      found.filter(({ part: { kind } }) => !kind.startsWith('cookie ') && !isSecret(kind)).map(({ name }) => name),
    ),
  ];
}

/**
 * What a reply shows that another user alone was shown before, in words; empty where there is none. Goes by places that
 * hold one thing for each user, and by ids; what stands in a list may be there for all to see, and is left out.
 */
export function otherUsersData(
  reply: ReadReply,
  own: readonly ReadReply[],
  others: readonly ReadReply[],
  variation = new Variation(),
  mask: Mask = String,
): string[] {
  const [usual] = own;
  if (usual === undefined || reply.status !== usual.status) return [];
  const settled = variation.withLike(own);
  const ownTokens = new Set(own.flatMap(({ parts }) => parts.flatMap(({ tokens }) => tokens)));
  const ownSayings = new Set(own.flatMap(({ parts }) => parts.map(saying)));
  const theirs = new Set<string>();
  const theirIds = new Set<string>();
  for (const other of others) {
    for (const [before, after] of settled.pairing(usual, other).pairs) {
      if (!after.repeated && after.tokens.some((token) => !before.tokens.includes(token) && identifies(token)))
        theirs.add(saying(after));
    }
    for (const { repeated, tokens } of other.parts) {
      if (!repeated) for (const token of tokens) if (isOpaque(token) && !ownTokens.has(token)) theirIds.add(token);
    }
  }
  return reply.parts.flatMap((part) => {
    const isTheirs = theirs.has(saying(part)) && !ownSayings.has(saying(part));
    if (!isTheirs && (part.repeated || !part.tokens.some((token) => theirIds.has(token)))) return [];
    return [shownToAnother(part, mask)];
  });
}

/** A part of a reply that is another user's, in words that read on from "the reply". */
export function shownToAnother(part: ReplyPart, mask: Mask): string {
  const what = isSecret(part.kind) ? 'a value' : shown(part.text, mask);
  return `${isInBag(part) ? 'says' : `${mask(placeOf(part.kind))} has`} ${what}, which another user alone was shown`;
}

/** What a part says, by which it is known again. */
export function saying({ kind, tokens }: ReplyPart): string {
  return `${kind}\n${tokens.join('\n')}`;
}

/** Short numbers and truth values are anybody's. */
export function identifies(token: string): boolean {
  return token.length >= 3 && !/^(true|false|\d{1,4}|\d+\.\d+)$/.test(token);
}
