import { randomUUID } from 'node:crypto';
import { Ledger } from '#libs/bank';
import { startIssuer } from '#libs/testing';
import type { Bench, Figure } from '../figure.js';
import { httpRequest, type Job } from '../load/job.js';
import { cpuBasis, paired } from '../paired.js';
import { startNode } from '../processes/running.js';
import { startService } from '../processes/service.js';

export const accountRead: Figure = {
  name: 'account-read',
  title: 'GET /account/accounts/:id with a token seen before / raw node:http that reads the same from Redis',
  target: { bound: 'at least', value: 0.8 },
  async open(bench) {
    const { environment, job, close } = await openAccount(bench);
    const ours = await startService(bench, 'account', environment);
    const peer = await startNode('bench/peers/account.js', {
      REDIS_URL: bench.redisUrl,
      REDIS_KEY_PREFIX: bench.prefix,
    });
    return paired({
      basis: cpuBasis,
      bound: 'at least',
      ours: () => bench.load.measure(ours, job),
      peer: () => bench.load.measure(peer, job),
      async close() {
        await Promise.all([ours.stop(), peer.stop()]);
        close();
      },
    });
  },
};

export const accessLog: Figure = {
  name: 'access-log',
  title: 'GET /account/accounts/:id with a line in the log for each request / without',
  target: { bound: 'at most', value: 1.4 },
  async open(bench) {
    const { environment, job, close } = await openAccount(bench);
    const ours = await startService(bench, 'account', { ...environment, ACCESS_LOG: 'true' });
    const peer = await startService(bench, 'account', environment);
    return paired({
      basis: cpuBasis,
      bound: 'at most',
      ours: () => bench.load.measure(ours, job),
      peer: () => bench.load.measure(peer, job),
      async close() {
        await Promise.all([ours.stop(), peer.stop()]);
        close();
      },
    });
  },
};

/** An account, what its service needs to be started, and a load of reads of it. */
async function openAccount(
  bench: Bench,
): Promise<{ environment: Record<string, string>; job: Omit<Job, 'port'>; close: () => void }> {
  const issuer = await startIssuer();
  const owner = randomUUID();
  const ledger = new Ledger(bench.redis, { prefix: bench.prefix });
  const [account] = await ledger.openAccounts(owner, 'EUR', { current: 100_000, savings: 0 });
  const authorization = `Bearer ${issuer.token(owner, 'Ada')}`;
  const request = httpRequest('GET', `/account/accounts/${account!.id}`, { authorization });
  return {
    environment: { JWKS_URL: issuer.jwksUrl, CONTINUATION_SECRET: 'c'.repeat(32) },
    job: { connections: 32, requests: [request], seconds: bench.seconds },
    close: () => issuer.close(),
  };
}
