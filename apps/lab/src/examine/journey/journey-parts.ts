import { graphqlOperation } from './graphql.js';
import { isSafe } from './is-safe.js';
import type { Journey, JourneyRequest } from './journey.js';
import { mayChange } from './may-change.js';

/** Where a session is open, and until when it can show that it is. */
export interface JourneyMiddle {
  readonly middle: number;
  readonly end: number;
}

const signOut = /(log|sign)[-_]?(out|off)\b/i;
/** RFC 7009's: `/oauth/revoke`, `/o/revoke_token/`, `/token/revocation`. */
const revocation = /\/(token[-_])?(revoke|revocation)([-_]token)?\/?(\?|$)/i;
/** A session or a token itself, and nothing that stands below it. */
const session = /\/([\w-]*[-_])?(sessions?|tokens?)(\/[^/?]+)?\/?(\?|$)/i;

/** Places of the requests that end the client's session: those that the journey calls so, else those that read so. */
function signOuts({ requests }: Journey): number[] {
  const all = places(0, requests.length);
  const declared = all.filter((index) => requests[index]!.signsOut === true);
  return declared.length > 0 ? declared : all.filter((index) => readsAsSignOut(requests[index]!));
}

function readsAsSignOut({ method, path, body, signsOut }: JourneyRequest): boolean {
  if (signsOut === false) return false;
  return (
    signOut.test(path) ||
    signOut.test(graphqlOperation(body)?.name ?? '') ||
    (!isSafe(method) && revocation.test(path)) ||
    (method === 'DELETE' && session.test(path))
  );
}

/** The place of the sign-out; undefined where there is none. Nobody is signed in before the first request. */
export function signOutIn(journey: Journey): number | undefined {
  return signOuts(journey).find((index) => index > 0);
}

/** Places of what a client that stays signed in can send again: what stands before the sign-out, and is none. */
export function repeatable(journey: Journey): number[] {
  const out = signOuts(journey);
  return places(0, signOutIn(journey) ?? journey.requests.length).filter((index) => !out.includes(index));
}

/** The middle lies after the last request that changes something and has one after it that can show it. */
export function middleOf(journey: Journey): JourneyMiddle {
  const end = signOutIn(journey) ?? journey.requests.length;
  const changing = journey.requests.slice(0, Math.max(0, end - 1)).findLastIndex(mayChange);
  return { middle: changing >= 0 ? changing + 1 : Math.max(1, Math.floor(end / 2)), end };
}

/** Places in the journey from one up to, and without, another. */
export function places(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
}
