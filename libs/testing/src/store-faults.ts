import type * as Jest from '@jest/globals';
import { eventually } from './environment.js';
import { hasRedisServer, RedisServer } from './redis-server.js';
import { StoreFailover } from './store-failover.js';
import { storeRefusals, storeUser } from './store-refusals.js';

interface StoreReply {
  readonly status: number;
  readonly headers: object;
}

/** A service in use. */
export interface StoreClient {
  /** What cannot be done while the store takes no changes. */
  readonly changes: Readonly<Record<string, () => Promise<StoreReply>>>;
  /** What may go on meanwhile. */
  readonly others: Readonly<Record<string, () => Promise<StoreReply>>>;
  close(): Promise<void>;
}

const isDone = ({ status }: StoreReply) => status < 300;

/** What clients of a service are told while its store refuses, and after it has failed over: the same of every service. */
export function describeStoreFaults(name: string, start: (redisUrl: string) => Promise<StoreClient>): void {
  // Its module can be imported within a test alone, and a benchmark imports this library, too.
  const { afterAll, beforeAll, describe, expect, it } = globalThis as unknown as typeof Jest;
  (hasRedisServer ? describe : describe.skip)(`${name} (skipped where no Redis server is on the PATH)`, () => {
    describe('in front of a store that refuses', () => {
      let server: RedisServer;
      let client: StoreClient;
      beforeAll(async () => {
        server = await RedisServer.start();
        await server.admin.call('ACL', 'SETUSER', ...storeUser);
        client = await start(server.url('bank'));
      });
      afterAll(async () => {
        await client.close();
        await server.stop();
      });

      it.each(storeRefusals)('answers $word by a prompt 503, and goes on when it ends', async (refusal) => {
        await refusal.begin(server);
        try {
          for (const [what, request] of Object.entries({ ...client.changes, ...client.others })) {
            const beganAt = performance.now();
            const reply = await request();
            expect([what, performance.now() - beganAt < 1_500]).toEqual([what, true]);
            if (what in client.others && isDone(reply)) continue;
            expect({ what, ...reply }).toMatchObject({
              what,
              status: 503,
              headers: { 'retry-after': expect.any(String) },
            });
          }
        } finally {
          await refusal.end(server);
        }
        await everythingIsDone(client);
      });
    });

    it('goes on at the new primary after a failover that cut no connection', async () => {
      const store = await StoreFailover.start();
      const client = await start(store.url);
      try {
        await everythingIsDone(client);
        await store.failOver();
        await expect(everythingIsDone(client)).resolves.toBeUndefined();
      } finally {
        await client.close();
        await store.stop();
      }
    });
  });
}

async function everythingIsDone({ changes, others }: StoreClient): Promise<void> {
  for (const request of Object.values({ ...changes, ...others })) {
    await eventually(async () => isDone(await request()), 10_000);
  }
}
