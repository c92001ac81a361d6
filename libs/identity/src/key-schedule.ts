import type { PublicJwk, SigningKey } from './signing-keys.js';

/** How long a key is published before it signs, and how long a token that it signed lives; both in seconds. */
export interface KeySchedule {
  readonly leadSeconds: number;
  readonly tokenLifetimeSeconds: number;
}

/** The key that signs at `now` (ms since the epoch): the newest that was published for the lead, else the oldest. */
export function signingKeyAt(keys: readonly SigningKey[], now: number, { leadSeconds }: KeySchedule): SigningKey {
  const ordered = oldestFirst(keys);
  const key = ordered.findLast(({ createdAt }) => now / 1000 >= createdAt + leadSeconds) ?? ordered[0];
  if (!key) throw new Error('a key set holds at least one key');
  return key;
}

/**
 * The public keys to publish at `now` (ms since the epoch): those that sign now or later, and those that no longer sign
 * but whose last token may still be alive.
 */
export function publishedKeysAt(keys: readonly SigningKey[], now: number, schedule: KeySchedule): PublicJwk[] {
  const ordered = oldestFirst(keys);
  return ordered
    .filter((_, index) => now / 1000 <= retiresAt(ordered[index + 1], schedule))
    .map((key) => key.publicJwk);
}

/** A key signs its last token just before its successor takes over. */
function retiresAt(successor: SigningKey | undefined, schedule: KeySchedule): number {
  if (!successor) return Infinity;
  return successor.createdAt + schedule.leadSeconds + schedule.tokenLifetimeSeconds;
}

function oldestFirst(keys: readonly SigningKey[]): SigningKey[] {
  return keys.toSorted((a, b) => a.createdAt - b.createdAt || (a.kid < b.kid ? -1 : 1));
}
