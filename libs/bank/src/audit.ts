import type { Redis } from 'ioredis';
import { closedEntries, type LedgerKeys, ledgerKeys } from './layout.js';
import { Breach } from './audit/breach.js';
import { checkReplies } from './audit/replies.js';
import { accountsByOwner } from './audit/scan.js';
import { AuditTally } from './audit/tally.js';
import { type AuditedAccount, entryPages, walkAccount } from './audit/walk.js';

export interface AuditResult {
  readonly clean: boolean;
  readonly accounts: number;
  /** Transfers up to the moment that the audit began. */
  readonly transfers: number;
  /** What is wrong, with the name of the first account, key or transfer found; null when nothing is. */
  readonly breach: string | null;
}

/** Owners whose accounts are walked at once: their reads share a round trip. */
const ownersAtOnce = 32;

/**
 * Checks the whole ledger as it was when the audit began, exactly, while transfers go on:
 * M1 the balances of a currency add up to 0; M2 each transfer stands in two entries that cancel out, and each key in
 * one transfer; M3 each balance is the sum of its entries. Reads in pages, so that Redis serves others in between.
 * @param options.idempotencyTtlSeconds after this long a key may lawfully move money again; 24 hours unless set
 */
export async function audit(
  redis: Redis,
  prefix: string,
  { idempotencyTtlSeconds = 86_400 }: { idempotencyTtlSeconds?: number } = {},
): Promise<AuditResult> {
  const keys = ledgerKeys(prefix);
  const cut = Number(await redis.get(keys.sequence));
  const owners = await accountsByOwner(redis, prefix);
  const accounts = [...owners.values()].reduce((count, own) => count + own.length, 0);
  const result = { accounts, transfers: cut };
  try {
    const tally = new AuditTally(cut);
    await walkOwners({ redis, keys, cut, tally, idempotencyTtlSeconds }, [...owners.values()]);
    for (const treasury of owners.get('') ?? []) await countClosedSince(redis, keys, cut, treasury, tally);
    await tally.check(redis, keys, [...owners.values()].flat());
    await checkReplies(redis, prefix, cut, owners);
    return { clean: true, ...result, breach: null };
  } catch (error) {
    if (!(error instanceof Breach)) throw error;
    return { clean: false, ...result, breach: error.message };
  }
}

interface Walk {
  readonly redis: Redis;
  readonly keys: LedgerKeys;
  readonly cut: number;
  readonly tally: AuditTally;
  readonly idempotencyTtlSeconds: number;
}

async function walkOwners(walk: Walk, owners: readonly (readonly AuditedAccount[])[]): Promise<void> {
  for (let first = 0; first < owners.length; first += ownersAtOnce) {
    await Promise.all(owners.slice(first, first + ownersAtOnce).map((accounts) => walkOwner(walk, accounts)));
  }
}

async function walkOwner(walk: Walk, accounts: readonly AuditedAccount[]): Promise<void> {
  const keyUses = new Map<string, number>();
  for (const account of accounts) {
    await walkAccount(walk.redis, walk.keys, walk.cut, account, (entry) => {
      walk.tally.add(account.currency, entry);
      // Nobody pays into a treasury but accounts that close.
      if (account.owner === '') for (const gone of closedEntries(entry)) walk.tally.add(account.currency, gone);
      if (entry.key !== '') refuseSecondUse(keyUses, walk.idempotencyTtlSeconds, account, entry);
    });
  }
}

/** An account that closed after the cut was walked before, or its opening is counted here. */
async function countClosedSince(
  redis: Redis,
  keys: LedgerKeys,
  cut: number,
  { id, currency }: AuditedAccount,
  tally: AuditTally,
): Promise<void> {
  for await (const page of entryPages(redis, keys, id, `(${cut}-0`)) {
    for (const [opening] of page.map(closedEntries)) {
      if (opening && opening.sequence <= cut && tally.entries(opening.sequence) === 1) tally.add(currency, opening);
    }
  }
}

/** The clocks of pods differ a little: uses a whole time to live apart, give or take half of it, are no breach. */
function refuseSecondUse(
  uses: Map<string, number>,
  ttlSeconds: number,
  account: AuditedAccount,
  { key, atMs, sequence }: { key: string; atMs: number; sequence: number },
): void {
  const earlier = uses.get(key);
  if (earlier !== undefined && Math.abs(atMs - earlier) < ttlSeconds * 500) {
    throw new Breach('M2', `key ${key} of ${account.owner} moved money twice, last in transfer ${sequence}`);
  }
  uses.set(key, atMs);
}
