import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { repositoryRoot } from '../src/repository.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import type { PodEvent } from '../src/platform/platform.js';
import { BankClient } from './bank-client.js';
import { auditLedger } from '../src/bank/audit.js';

const startMs = 60_000;

describe('the bank on one machine', () => {
  let platform: LocalPlatform;
  let events: PodEvent[];

  beforeAll(async () => {
    platform = await startLocalPlatform({ port: 0, workloads: { auth: 1, account: 2, 'session-sticky': 2 } });
    events = [];
    platform.watch((event) => events.push(event));
  }, startMs);
  afterAll(() => platform?.close(), startMs);

  async function customer(): Promise<BankClient> {
    const client = new BankClient(platform.baseUrl, `ada-${randomUUID()}`);
    await client.signIn();
    return client;
  }

  const bootIdOf = async (name: string) => (await platform.pods()).find((pod) => pod.name === name)?.bootId;

  it('has every pod ready, and both account pods serve in turn', async () => {
    const pods = await platform.pods();
    expect(pods.map(({ name, phase }) => `${name} ${phase}`)).toEqual([
      'auth-1 ready',
      'account-1 ready',
      'account-2 ready',
      'session-sticky-0 ready',
      'session-sticky-1 ready',
    ]);
    const client = await customer();
    const replies = [await client.ask('GET', '/account/accounts'), await client.ask('GET', '/account/accounts')];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    const servedBy = replies.map(({ headers }) => headers.get('x-served-by'));
    const accounts = pods.filter(({ workload }) => workload === 'account');
    expect(new Set(servedBy)).toEqual(new Set(accounts.map(({ name, bootId }) => `${name}/${bootId}`)));
  });

  it('tells what each pod uses and counts', async () => {
    const usage = await platform.usage();
    expect(usage.size).toBe(5);
    for (const { memoryBytes, cpuSeconds } of usage.values()) {
      expect(memoryBytes).toBeGreaterThan(30_000_000);
      expect(cpuSeconds).toBeGreaterThan(0.1);
    }
    const client = await customer();
    await client.ask('POST', '/session');
    const open = await platform.metric('session-sticky', 'tellers_sessions_open');
    expect([...open.values()].reduce((sum, value) => sum + value, 0)).toBe(1);
  });

  it(
    'keeps a customer at his teller, until that is killed and comes back as a new boot that does not know him',
    async () => {
      const client = await customer();
      const opened = await client.ask('POST', '/session');
      const teller = opened.headers.get('x-served-by') ?? '';
      for (let attempt = 0; attempt < 3; attempt += 1) {
        expect((await client.ask('GET', '/session')).headers.get('x-served-by')).toBe(teller);
      }
      const [name = '', bootId] = teller.split('/');
      await platform.kill(name);
      await platform.settled(startMs);
      expect(await bootIdOf(name)).not.toBe(bootId);
      const after = await client.ask('GET', '/session');
      expect([after.status, await after.json()]).toEqual([
        401,
        expect.objectContaining({ type: 'urn:tellers:problem:session-owner-gone' }),
      ]);
      expect(events.filter(({ pod }) => pod.name === name).map(({ pod, reason }) => `${pod.phase} ${reason}`)).toEqual([
        'gone killed',
        'starting undefined',
        'ready undefined',
      ]);
    },
    startMs,
  );

  it(
    'scales out and in',
    async () => {
      await platform.scale('session-sticky', 3);
      expect((await platform.pods('session-sticky')).map(({ phase }) => phase)).toEqual(['ready', 'ready', 'ready']);
      await platform.scale('session-sticky', 2);
      const left = await platform.pods('session-sticky');
      expect(left.map(({ name }) => name).toSorted()).toEqual(['session-sticky-0', 'session-sticky-1']);
    },
    startMs,
  );

  it(
    'fails no request while every account pod is replaced under load, and loses no money',
    async () => {
      const clients = await Promise.all([customer(), customer(), customer()]);
      const before = await platform.pods('account');
      const { stop, statuses } = underLoad(clients, async (client) => [
        await client.ask('GET', '/account/accounts'),
        await client.transfer(randomUUID()),
      ]);
      await platform.roll('account');
      await wait(200);
      await stop();
      expect(statuses).toEqual(new Set([200, 201]));
      const after = await platform.pods('account');
      expect(after).toHaveLength(2);
      expect(after.some(({ bootId }) => before.some((pod) => pod.bootId === bootId))).toBe(false);
      expect(await auditLedger(platform)).toMatchObject({ clean: true, breach: null });
    },
    startMs,
  );

  it(
    'fails no request and loses no session while the handoff tellers are replaced under load',
    async () => {
      await platform.scale('session-handoff', 2);
      const clients = await Promise.all([customer(), customer(), customer(), customer()]);
      for (const client of clients) expect((await client.ask('POST', '/handoff/session')).status).toBe(201);
      const { stop, statuses } = underLoad(clients, async (client) => [
        await client.ask('GET', '/handoff/session/overview'),
      ]);
      await platform.roll('session-handoff');
      await stop();
      expect(statuses).toEqual(new Set([200]));
      await platform.scale('session-handoff', 0);
    },
    2 * startMs,
  );

  it(
    'answers 503 within a second while Redis is silent, restarts nothing, and is right again afterwards',
    async () => {
      const client = await customer();
      const boots = (await platform.pods()).map(({ bootId }) => bootId);
      await platform.store.pause(5_000);
      const until = Date.now() + 4_000;
      const key = randomUUID();
      while (Date.now() < until) {
        const began = performance.now();
        const reply = await client.transfer(key);
        expect(reply.status).toBe(503);
        expect(performance.now() - began).toBeLessThan(1_000);
      }
      await wait(1_500);
      expect((await client.transfer(key)).status).toBe(201);
      expect((await platform.pods()).map(({ bootId }) => bootId)).toEqual(boots);
      expect(await auditLedger(platform)).toMatchObject({ clean: true });
    },
    startMs,
  );

  it(
    'leaves no process and no file behind when it is closed',
    async () => {
      expect(processesOfRun()).not.toEqual([]);
      await platform.close();
      expect(processesOfRun()).toEqual([]);
      expect(runFolders()).toEqual([]);
      await expect(fetch(platform.baseUrl)).rejects.toThrow('fetch failed');
    },
    startMs,
  );
});

describe('a bank that cannot start', () => {
  it('tells the last words of the pod that failed, and leaves nothing behind', async () => {
    const environment = { account: { CONTINUATION_SECRET: 'short' } };
    await expect(startLocalPlatform({ port: 0, workloads: { account: 1 }, environment })).rejects.toThrow(
      /Pod account-1 crashed with exit code 78\. Its log ends:\n[^]*CONTINUATION_SECRET/,
    );
    expect(processesOfRun()).toEqual([]);
    expect(runFolders()).toEqual([]);
  });

  it('names the flag that moves the gateway when its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startLocalPlatform({ port, workloads: {} })).rejects.toThrow(
      `Port ${port} is taken. Choose another one for the gateway with --port or TELLERS_PORT.`,
    );
    other.close();
    expect(runFolders()).toEqual([]);
  });
});

/** Each client asks over and over until `stop` is called; what they were answered is in `statuses`. */
function underLoad(clients: readonly BankClient[], attempt: (client: BankClient) => Promise<Response[]>) {
  const statuses = new Set<number>();
  const stopping = new AbortController();
  const requests = clients.map(async (client) => {
    while (!stopping.signal.aborted) for (const { status } of await attempt(client)) statuses.add(status);
  });
  const stop = async () => {
    stopping.abort();
    await Promise.all(requests);
  };
  return { stop, statuses };
}

const runFolders = () =>
  readdirSync(join(repositoryRoot, '.tellers')).filter((name) => name.startsWith(`run-${process.pid}-`));

/** Children of this process that run one of our built programs; Linux only, elsewhere none is found. */
function processesOfRun(): string[] {
  const children = `/proc/${process.pid}/task/${process.pid}/children`;
  const pids = process.platform === 'linux' ? readFileSync(children, 'utf8').trim().split(' ') : [];
  return pids
    .filter((pid) => pid !== '')
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
    .filter((command) => command.includes('/dist/') || command.includes('redis'));
}
