import { randomUUID } from 'node:crypto';
import { Ledger } from '#libs/bank';
import { startIssuer } from '#libs/testing';
import type { Figure } from '../figure.js';
import { httpRequest } from '../load/job.js';
import { compare, cpuBasis, measurePair } from '../paired.js';
import { startNode } from '../processes/running.js';
import { startService } from '../processes/service.js';

export const accountRead: Figure = {
  name: 'account-read',
  title: 'GET /account/accounts/:id with a token seen before / raw node:http that reads the same from Redis',
  target: { bound: 'at least', value: 0.8 },
  async open(bench) {
    const issuer = await startIssuer();
    const owner = randomUUID();
    const ledger = new Ledger(bench.redis, { prefix: bench.prefix });
    const [account] = await ledger.openAccounts(owner, 'EUR', { current: 100_000, savings: 0 });
    const ours = await startService(bench, 'account', {
      JWKS_URL: issuer.jwksUrl,
      CONTINUATION_SECRET: 'c'.repeat(32),
    });
    const peer = await startNode('bench/peers/account.js', {
      REDIS_URL: bench.redisUrl,
      REDIS_KEY_PREFIX: bench.prefix,
    });
    const path = `/account/accounts/${account!.id}`;
    const request = httpRequest('GET', path, { authorization: `Bearer ${issuer.token(owner, 'Ada')}` });
    const job = { connections: 32, requests: [request], seconds: bench.seconds };
    return {
      basis: cpuBasis,
      round: async (index) =>
        compare(
          await measurePair(
            () => bench.load.measure(ours, job),
            () => bench.load.measure(peer, job),
            index,
          ),
          cpuBasis,
          'at least',
        ),
      async close() {
        await Promise.all([ours.stop(), peer.stop()]);
        issuer.close();
      },
    };
  },
};
