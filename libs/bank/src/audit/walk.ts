import type { Redis } from 'ioredis';
import { type EntryFields, type LedgerKeys, readEntry } from '../layout.js';
import { Breach } from './breach.js';

export interface AuditedAccount {
  readonly id: string;
  /** Empty for the bank's own. */
  readonly owner: string;
  readonly currency: string;
}

const pageSize = 500;

/**
 * M3 of one account: from 0 on, each entry's balance is the one before it and its amount, up to the cut; and the
 * balance that the account shows is its newest entry's, both read at one moment.
 */
export async function walkAccount(
  redis: Redis,
  keys: LedgerKeys,
  cut: number,
  account: AuditedAccount,
  onEntry: (entry: EntryFields) => void,
): Promise<void> {
  const [, newest] = await Promise.all([
    walkChain(redis, keys, cut, account, onEntry),
    readNewest(redis, keys, account.id),
  ]);
  // Closed since it was found: the treasury tells of it.
  if (newest.shown === undefined) return;
  if (newest.shown !== newest.entered) {
    throw new Breach('M3', `account ${account.id} shows ${newest.shown}, its newest entry ${newest.entered}`);
  }
  if (newest.sequence > newest.ledgerSequence) {
    throw new Breach('M2', `account ${account.id} has entry ${newest.sequence}, which no transfer made`);
  }
}

/** The entries of an account from there to the cut, or to the newest, a page at a time. */
export async function* entryPages(
  redis: Redis,
  keys: LedgerKeys,
  id: string,
  start: string,
  end = '+',
): AsyncGenerator<EntryFields[]> {
  for (let from = start, more = true; more;) {
    const page = (await redis.xrange(keys.entries(id), from, end, 'COUNT', pageSize)).map(readEntry);
    yield page;
    from = `(${page.at(-1)?.sequence}-0`;
    more = page.length === pageSize;
  }
}

async function walkChain(
  redis: Redis,
  keys: LedgerKeys,
  cut: number,
  account: AuditedAccount,
  onEntry: (entry: EntryFields) => void,
): Promise<void> {
  let balance = 0;
  for await (const page of entryPages(redis, keys, account.id, '-', `${cut}-0`)) {
    for (const entry of page) {
      if (entry.balanceMinor !== balance + entry.amountMinor) {
        throw new Breach('M3', `account ${account.id}, entry ${entry.sequence}: its balance does not follow`);
      }
      balance = entry.balanceMinor;
      // Only the bank's own accounts may owe.
      if (balance < 0 && account.owner !== '') {
        throw new Breach('M3', `account ${account.id}, entry ${entry.sequence}: its balance is below 0`);
      }
      onEntry(entry);
    }
  }
}

async function readNewest(redis: Redis, keys: LedgerKeys, id: string) {
  const replies = await redis
    .multi()
    .hget(keys.account(id), 'b')
    .xrevrange(keys.entries(id), '+', '-', 'COUNT', 1)
    .get(keys.sequence)
    .exec();
  const [shown, entries, sequence] = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  }) as [string | null, [string, string[]][], string | null];
  const newest = entries[0] && readEntry(entries[0]);
  return {
    shown: shown === null ? undefined : Number(shown),
    entered: newest?.balanceMinor ?? 0,
    sequence: newest?.sequence ?? 0,
    ledgerSequence: Number(sequence),
  };
}
