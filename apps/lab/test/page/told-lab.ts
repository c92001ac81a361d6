import { afterAll, beforeAll } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import fastify from 'fastify';
import type { Browser } from 'playwright-core';
import { modeNames, modes } from '../../src/bank/modes.js';
import { pageRoutes } from '../../src/dashboard/page-routes.js';
import type { Done } from '../../src/protocol/actions.js';
import type { BankSnapshot, ModeSnapshot, PodSnapshot, WorkloadSnapshot } from '../../src/protocol/snapshots.js';
import { sampleCrowd, sampleNow } from '../sample-now.js';
import { launchBrowser } from './browser.js';

/** The page itself, of a bank that is only told: what is hard to bring about in a real one is said to it here. */
export class ToldLab {
  readonly #server = fastify({ forceCloseConnections: true });
  readonly #followers = new Set<ServerResponse>();
  #told = 0;
  /** What is answered to whoever wants something done, by its path. */
  readonly answers = new Map<string, () => unknown>();

  constructor(private now: BankSnapshot) {
    pageRoutes(this.#server);
    this.#server.get('/events', (_request, { raw }) => {
      raw.writeHead(200, { 'content-type': 'text/event-stream' });
      this.#followers.add(raw);
      raw.write(this.#event());
    });
    this.#server.post('/*', ({ url }) => this.answers.get(url)?.() ?? done);
    this.#server.delete('/*', (_request, reply) => reply.code(204).send());
  }

  get link(): string {
    const { port } = this.#server.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/#token=any`;
  }

  async open(): Promise<this> {
    await this.#server.listen({ host: '127.0.0.1', port: 0 });
    return this;
  }

  tell(parts: Partial<BankSnapshot>, boot = 'boot'): void {
    this.now = { ...this.now, ...parts };
    for (const follower of this.#followers) follower.write(this.#event(boot));
  }

  async close(): Promise<void> {
    for (const follower of this.#followers) follower.destroy();
    await this.#server.close();
  }

  #event(boot = 'boot'): string {
    this.#told += 1;
    return `id: ${boot}-${this.#told}\nevent: snapshot\ndata: ${JSON.stringify(this.now)}\n\n`;
  }
}

export const done: Done = {
  id: 'a',
  did: 'It was done.',
  tookMs: 1,
  watchedMs: 0,
  lost: {},
  failed: {},
  awaited: 0,
  isCounted: true,
};

/** A lab that tells of the five modes, and a browser; both are there once specs run. */
export function openToldLab(parts: Partial<BankSnapshot> = {}) {
  let lab: ToldLab;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    lab = await new ToldLab(fiveModes(parts)).open();
  });
  afterAll(() => Promise.all([browser?.close(), lab?.close()]));
  return { lab: () => lab, browser: () => browser };
}

export const podOf = (name: string, parts: Partial<PodSnapshot> = {}): PodSnapshot => ({
  name,
  phase: 'ready',
  bootId: 'b1',
  cpu: 20,
  memoryBytes: 90e6,
  sessions: 5,
  perSecond: 12,
  failed: 0,
  p99Ms: 9,
  ...parts,
});

export const workloadOf = (workload: string, parts: Partial<PodSnapshot> = {}): WorkloadSnapshot => ({
  workload,
  autoscaling: null,
  pods: [0, 1].map((index) => podOf(`${workload}-${index}`, parts)),
});

/** Two pods in each of the five modes, with three customers in each pod, who lost and missed something. */
export function fiveModes(parts: Partial<BankSnapshot> = {}): BankSnapshot {
  const workloads = modeNames.map((mode) => workloadOf(modes[mode].workload));
  const pods = modeNames.flatMap((mode, index) => workloads[index]!.pods.map(({ name }) => ({ mode, pod: name })));
  const customers = pods.flatMap((where, index) => [0, 1, 2].map((id) => ({ id: 3 * index + id + 1, ...where })));
  const at = Date.now();
  const crowd = sampleCrowd({ customers, modes: modeNames.map((mode) => met(mode, at)) });
  return sampleNow({
    bank: 'a bank that is told',
    may: ['crowd', 'session', 'scale', 'kill', 'stop', 'roll', 'pause-store', 'experiment'],
    at,
    readAt: at,
    workloads: [workloadOf('auth'), ...workloads],
    events: Array.from({ length: 12 }, (_, id) => ({
      id,
      at,
      sentence: `session-sticky-0 is ready, for the time ${id}`,
    })),
    crowd: { ...crowd, settings: { ...crowd.settings, modes: modeNames, available: modeNames } },
    audit: { at, clean: true, accounts: 80, transfers: 900, breach: null, fault: null },
    experiments: { known: [], running: null, done: [] },
    ...parts,
  });
}

function met(mode: string, since: number): ModeSnapshot {
  return {
    mode,
    overSeconds: 5,
    perSecond: 24,
    p50Ms: 2,
    p99Ms: 9,
    behind: null,
    since,
    requests: 100_000,
    failed: 2_345,
    failedBy: { 'gateway-error': 2_345 },
    opened: 9_000,
    lost: mode === 'stateless' ? 0 : 1_234,
    lostBy: mode === 'stateless' ? {} : { 'owner-died': 1_000, 'drained-without-handoff': 234 },
    awaited: 0,
    transfers: 900,
    journeys: 800,
    gaveUp: 4,
    sentHeader: 700,
    sentBody: 40,
    receivedHeader: 300,
    receivedBody: 900,
    preparedFields: 1,
    carriedFields: 1,
  };
}
