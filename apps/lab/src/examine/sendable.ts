import { isSafe } from './journey/is-safe.js';
import type { Journey } from './journey/journey.js';

/** The requests of a journey that may be sent, and what that leaves out. */
export function sendable({ origin, requests }: Journey, allowWrites: boolean): { journey: Journey; notes: string[] } {
  const left = allowWrites ? [] : requests.filter(({ method }) => !isSafe(method));
  if (left.length === 0) return { journey: { origin, requests }, notes: [] };
  const names = left.map(({ name }) => name).join(', ');
  return {
    journey: { origin, requests: requests.filter((request) => !left.includes(request)) },
    notes: [
      `Left out of the journey, since only GET and HEAD are sent without --allow-writes: ${names}. What needs them is ` +
        'told as it is without them.',
    ],
  };
}
