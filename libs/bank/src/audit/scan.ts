import type { Redis } from 'ioredis';
import { ledgerKeys } from '../layout.js';
import type { AuditedAccount } from './walk.js';

const pageSize = 500;

/** Every key that starts so, a page at a time; SCAN may tell a key twice. */
export async function* scanKeys(redis: Redis, start: string): AsyncGenerator<string[]> {
  const pattern = `${start.replace(/[\\*?[\]]/g, '\\$&')}*`;
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', pageSize);
    if (found.length > 0) yield found;
    cursor = next;
  } while (cursor !== '0');
}

/** All accounts, the treasuries too, by their owner. */
export async function accountsByOwner(redis: Redis, prefix: string): Promise<Map<string, AuditedAccount[]>> {
  const keys = ledgerKeys(prefix);
  const ids = new Set<string>();
  for await (const found of scanKeys(redis, keys.account(''))) {
    for (const key of found) ids.add(key.slice(keys.account('').length));
  }
  const owners = new Map<string, AuditedAccount[]>();
  const all = [...ids];
  for (let first = 0; first < all.length; first += pageSize) {
    const page = all.slice(first, first + pageSize);
    const heads = await Promise.all(page.map((id) => redis.hmget(keys.account(id), 'o', 'c')));
    heads.forEach(([owner, currency], at) => {
      const account = { id: page[at]!, owner: owner ?? '', currency: currency ?? 'no currency' };
      const own = owners.get(account.owner);
      if (own) own.push(account);
      else owners.set(account.owner, [account]);
    });
  }
  return owners;
}
