import { isInBag, type ReplyPart } from './part.js';
import { likeness, shapeOf } from './templates.js';

/** What one reply says and another says in its place; and what either says alone. */
export interface Pairing {
  readonly pairs: readonly (readonly [ReplyPart, ReplyPart])[];
  readonly gone: readonly ReplyPart[];
  readonly fresh: readonly ReplyPart[];
}

/** Pairs parts of the same place in their order, and texts, links and forms with the most alike. */
export function pairUp(gone: readonly ReplyPart[], fresh: readonly ReplyPart[]): Pairing {
  const open = new Map<string, ReplyPart[]>();
  for (const part of fresh) {
    const drawer = open.get(drawerOf(part));
    if (drawer === undefined) open.set(drawerOf(part), [part]);
    else drawer.push(part);
  }
  const pairs: [ReplyPart, ReplyPart][] = [];
  const alone: ReplyPart[] = [];
  for (const part of gone) {
    const candidates = open.get(drawerOf(part)) ?? [];
    const best = isInBag(part) ? mostAlike(part, candidates) : candidates[0];
    if (best === undefined) alone.push(part);
    else {
      pairs.push([part, best]);
      candidates.splice(candidates.indexOf(best), 1);
    }
  }
  return { pairs, gone: alone, fresh: [...open.values()].flat() };
}

function drawerOf(part: ReplyPart): string {
  return isInBag(part) ? shapeOf(part.kind, part.tokens) : part.kind;
}

function mostAlike({ tokens }: ReplyPart, candidates: readonly ReplyPart[]): ReplyPart | undefined {
  let best: ReplyPart | undefined;
  let most = 0.5;
  for (const candidate of candidates) {
    const share = likeness(tokens, candidate.tokens);
    if (share < most || (best !== undefined && share === most)) continue;
    best = candidate;
    most = share;
  }
  return best;
}
