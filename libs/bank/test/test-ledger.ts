import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Account, Ledger, type LedgerOptions } from '#libs/bank';

const redisUrl = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';

/** A ledger of its own in a real Redis, under a random prefix. */
export interface TestLedger {
  readonly redis: Redis;
  readonly prefix: string;
  readonly ledger: Ledger;
  /** A second ledger on a connection of its own, as another pod would have. */
  otherPod(options?: Partial<LedgerOptions>): Ledger;
  /** An owner with 1000.00 in his current and 500.00 in his savings account, unless told otherwise. */
  customer(openings?: { current?: number; savings?: number; currency?: string }): Promise<TestCustomer>;
  close(): Promise<void>;
}

export interface TestCustomer {
  readonly owner: string;
  readonly current: Account;
  readonly savings: Account;
}

export function openTestLedger(options: Partial<LedgerOptions> = {}): TestLedger {
  const prefix = `test-bank-${randomUUID()}:`;
  const connections: Redis[] = [];
  const pod = (podOptions: Partial<LedgerOptions>) => {
    const redis = new Redis(redisUrl);
    connections.push(redis);
    return new Ledger(redis, { prefix, ...options, ...podOptions });
  };
  const ledger = pod({});
  const redis = connections[0]!;
  return {
    redis,
    prefix,
    ledger,
    otherPod: (podOptions = {}) => pod(podOptions),
    async customer({ current = 100_000, savings = 50_000, currency = 'EUR' } = {}) {
      const owner = randomUUID();
      const accounts = await ledger.openAccounts(owner, currency, { current, savings });
      return { owner, current: accounts[0]!, savings: accounts[1]! };
    },
    async close() {
      const keys = await redis.keys(`${prefix}*`);
      if (keys.length > 0) await redis.unlink(keys);
      for (const connection of connections) connection.disconnect();
    },
  };
}
