import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startIssuer, type TestIssuer } from '#libs/testing';
import type { Bench, Figure } from '../figure.js';
import { httpRequest } from '../load/job.js';
import type { Running } from '../processes/running.js';
import { startService } from '../processes/service.js';

/** The map of verified tokens is full by then (10,000): what comes on top is the sessions' own. */
const before = 10_000;
const counted = 100_000;
const atOnce = 2_000;

export const sessionMemory: Figure = {
  name: 'session-memory',
  title: `kB of memory per open session, over ${counted} sessions of as many customers`,
  target: { bound: 'at most', value: 1 },
  async open(bench) {
    const issuer = await startIssuer();
    return {
      basis: 'heap in use after collection, in kB',
      maxRounds: 1,
      round: () => measure(bench, issuer),
      async close() {
        issuer.close();
      },
    };
  },
};

async function measure(bench: Bench, issuer: TestIssuer) {
  const probe = fileURLToPath(new URL('../processes/memory-probe.js', import.meta.url));
  const environment = { JWKS_URL: issuer.jwksUrl, STORE: 'memory' };
  const service = await startService(bench, 'session', environment, ['--expose-gc', '--import', probe]);
  try {
    await openSessions(bench, service, issuer, before);
    const empty = await memoryOf(service);
    await openSessions(bench, service, issuer, counted);
    const full = await memoryOf(service);
    const kB = (part: (memory: NodeJS.MemoryUsage) => number) => (part(full) - part(empty)) / counted / 1000;
    return {
      ratio: kB(({ heapUsed, external }) => heapUsed + external),
      notes: { 'resident kB': Math.round(kB(({ rss }) => rss) * 100) / 100 },
    };
  } finally {
    await service.stop();
  }
}

async function openSessions({ load }: Bench, { port }: Running, issuer: TestIssuer, count: number): Promise<void> {
  for (let opened = 0; opened < count; opened += atOnce) {
    const requests = Array.from({ length: atOnce }, () =>
      httpRequest('POST', '/session', { authorization: `Bearer ${issuer.token(randomUUID(), 'Ada Lovelace')}` }),
    );
    await load.run({ port, connections: 16, requests, total: atOnce });
  }
}

async function memoryOf({ child }: Running): Promise<NodeJS.MemoryUsage> {
  child.send('measure');
  const [memory] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
  return memory;
}
