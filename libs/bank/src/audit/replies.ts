import type { Redis } from 'ioredis';
import { ledgerKeys, readEntry, readStoredReply } from '../layout.js';
import { Breach } from './breach.js';
import { scanKeys } from './scan.js';
import type { AuditedAccount } from './walk.js';

/** M2, the other way round: the transfer that a remembered key answers with is in the ledger, under that key. */
export async function checkReplies(
  redis: Redis,
  prefix: string,
  cut: number,
  owners: ReadonlyMap<string, readonly AuditedAccount[]>,
): Promise<void> {
  const keys = ledgerKeys(prefix);
  const ownerOf = new Map([...owners].flatMap(([owner, accounts]) => accounts.map(({ id }) => [id, owner] as const)));

  const checkReply = async (key: string, stored: string | null) => {
    // A key that expired since it was found has nothing left to check.
    if (stored === null) return;
    const { transferId, sequence, from } = readStored(stored);
    if (sequence > cut) return;
    const [entry] = await redis.xrange(keys.entries(from), `${sequence}-0`, `${sequence}-0`);
    const found = entry && readEntry(entry);
    const used = found && keys.idempotency(ownerOf.get(from) ?? '', found.key);
    if (found?.transferId !== transferId || used !== key) {
      throw new Breach('M2', `key ${key} answers with transfer ${transferId}, which account ${from} does not hold`);
    }
  };

  for await (const page of scanKeys(redis, `${prefix}idempotency:`)) {
    const stored = await redis.mget(page);
    await Promise.all(page.map((key, at) => checkReply(key, stored[at] ?? null)));
  }
}

function readStored(stored: string) {
  const [line = '', from = ''] = stored.split('\n', 2);
  return { ...readStoredReply(line), from };
}
