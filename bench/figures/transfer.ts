import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Ledger, transferKeyCount, transferScript } from '#libs/bank';
import { startIssuer } from '#libs/testing';
import { type Bench, type Figure, Skipped } from '../figure.js';
import { httpRequest } from '../load/job.js';
import { paired, throughputBasis } from '../paired.js';
import { startService } from '../processes/service.js';
import { findProgram } from '../../apps/lab/src/platform/local/find-program.js';

const scriptRuns = 40_000;

export const transfer: Figure = {
  name: 'transfer',
  title: 'POST /account/transfers, one pod / the same script by redis-benchmark, pipelined 16',
  target: { bound: 'at least', value: 0.4 },
  async open(bench) {
    const program = findProgram(['valkey-benchmark', 'redis-benchmark'], process.env['PATH']);
    if (program === undefined) throw new Skipped('No redis-benchmark or valkey-benchmark is on the PATH.');
    const issuer = await startIssuer();
    const owner = randomUUID();
    const ledger = new Ledger(bench.redis, { prefix: bench.prefix });
    const [current, savings] = await ledger.openAccounts(owner, 'EUR', { current: 1e12, savings: 0 });
    const ours = await startService(bench, 'account', {
      JWKS_URL: issuer.jwksUrl,
      CONTINUATION_SECRET: 'c'.repeat(32),
    });
    const order = { from: current!.id, to: savings!.id, amountMinor: 1, currency: 'EUR' };
    const headers = { authorization: `Bearer ${issuer.token(owner, 'Ada')}`, 'idempotency-key': '{n}' };
    const request = httpRequest('POST', '/account/transfers', headers, order);
    const job = { connections: 128, requests: [request], seconds: bench.seconds };
    const script = await scriptArguments(bench, owner, order.from, order.to);
    return paired({
      basis: throughputBasis,
      bound: 'at least',
      ours: () => bench.load.measure(ours, job),
      peer: async () => ({ perSecond: await runScript(program, bench.redisUrl, script) }),
      async close() {
        await ours.stop();
        issuer.close();
      },
    });
  },
};

/** The command that the ledger sends, with a new idempotency key each time. */
async function scriptArguments({ redis, prefix }: Bench, owner: string, from: string, to: string): Promise<string[]> {
  const digest = String(await redis.script('LOAD', transferScript));
  const [account, entries] = [`${prefix}account:`, `${prefix}entries:`];
  const keys = [
    `${prefix}idempotency:${owner}:__rand_int__`,
    `${prefix}sequence`,
    account + from,
    account + to,
    entries + from,
    entries + to,
  ];
  const rest = [owner, from, to, '1', 'EUR', '', 'key', randomUUID(), String(Date.now()), '86400', '0'];
  return ['evalsha', digest, String(transferKeyCount), ...keys, ...rest];
}

/** Runs of the script per second. */
async function runScript(program: string, redisUrl: string, script: readonly string[]): Promise<number> {
  const options = ['-u', redisUrl, '-P', '16', '-c', '50', '-n', String(scriptRuns), '-r', '1000000000', '--csv'];
  const { stdout } = await promisify(execFile)(program, [...options, ...script]);
  const perSecond = Number(/","([\d.]+)"/.exec(stdout.trim().split('\n').at(-1) ?? '')?.[1]);
  if (!(perSecond > 0)) throw new Error(`${program} said ${stdout}`);
  return perSecond;
}
