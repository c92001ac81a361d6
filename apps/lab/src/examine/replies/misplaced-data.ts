import type { ReplyPart } from './part.js';
import { identifies, saying } from './personal.js';
import type { ReadReply } from './read-reply.js';
import { Variation } from './variation.js';

/** What one user was answered to a request by one replica, more than once. */
export type ToldByReplica = ReadonlyMap<string, readonly ReadReply[]>;

/** A user was shown at one replica what all replicas show another user alone. */
export interface MisplacedPart {
  readonly replica: string;
  readonly part: ReplyPart;
}

/**
 * What one replica tells a user, each time, and every replica another user, while a fellow of it tells that user, each
 * time, something else in its place, which the other never sees. Needs no knowledge of whose the data is, so that
 * a replica shows that was wrong from the first.
 */
export function misplacedData(toOne: ToldByReplica, toOther: ToldByReplica): MisplacedPart[] {
  const others = [...toOther.values()].flat().map(sayings);
  if (others.length < 2) return [];
  const isOthers = (part: ReplyPart) => others.every((said) => said.has(saying(part)));
  const isOthersEver = (part: ReplyPart) => others.some((said) => said.has(saying(part)));
  return [...toOne].flatMap(([replica, here]) => {
    const found = [...toOne].flatMap(([fellow, there]) => {
      if (fellow === replica || here.length < 2 || there.length < 2) return [];
      const [steadyHere, steadyThere] = [steady(here), steady(there)];
      const pairs = new Variation()
        .pairing(there[0]!, here[0]!)
        .pairs.filter(
          ([own, shown]) =>
            steadyThere.has(saying(own)) && !isOthersEver(own) && steadyHere.has(saying(shown)) && isOthers(shown),
        );
      const isTelling = ([own, shown]: (typeof pairs)[number]) =>
        !shown.repeated && shown.tokens.some((token) => identifies(token) && !own.tokens.includes(token));
      return pairs.filter(isTelling).map(([, part]) => part);
    });
    const once = new Map(found.map((part) => [saying(part), part]));
    return [...once.values()].map((part) => ({ replica, part }));
  });
}

function sayings({ parts }: ReadReply): Set<string> {
  return new Set(parts.map(saying));
}

/** What is said each time. */
function steady(replies: readonly ReadReply[]): Set<string> {
  const [first = new Set<string>(), ...others] = replies.map(sayings);
  return new Set([...first].filter((one) => others.every((said) => said.has(one))));
}
