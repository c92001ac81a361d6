import { isSafe } from '../journey/is-safe.js';
import type { Journey } from '../journey/journey.js';

/** Where a session is open, and until when it can show that it is. */
export interface JourneyMiddle {
  readonly middle: number;
  readonly end: number;
}

const signOut = /(log|sign)[-_]?(out|off)\b/i;

/** The place of the request that reads as a sign-out; undefined where none does. */
export function signOutIn({ requests }: Journey): number | undefined {
  const found = requests.findIndex(
    ({ method, path }) => signOut.test(path) || (method === 'DELETE' && /\/sessions?\b/i.test(path)),
  );
  return found > 0 ? found : undefined;
}

/** The middle lies after the last request that changes something and has one after it that can show it. */
export function middleOf(journey: Journey): JourneyMiddle {
  const end = signOutIn(journey) ?? journey.requests.length;
  const changing = journey.requests.slice(0, Math.max(0, end - 1)).findLastIndex(({ method }) => !isSafe(method));
  return { middle: changing >= 0 ? changing + 1 : Math.max(1, Math.floor(end / 2)), end };
}
