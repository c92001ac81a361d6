import { afterEach, expect, it } from '@jest/globals';
import { faultTable } from '../src/faults/fault-table.js';
import { faultKinds } from '../src/faults/kinds.js';
import { runFaults, type FaultsFound } from '../src/faults/run-faults.js';
import { podSettings, workloadsFor } from '../src/commands/run.js';
import { lettingGo } from '../src/faults/letting-go.js';
import { modeNames, modes, type ModeName } from '../src/bank/modes.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { ChangedService, keyNotChecked, type Change } from './changed-service.js';

const timeoutMs = 240_000;
const { REDIS_URL } = process.env;
const takeDown: (() => unknown)[] = [];
afterEach(async () => {
  if (REDIS_URL !== undefined) process.env.REDIS_URL = REDIS_URL;
  for (const part of takeDown.splice(0).toReversed()) await part();
}, timeoutMs);

interface Broken {
  readonly only?: readonly string[];
  /** Of all stateful services. */
  readonly change?: Change;
  readonly customersPerMode?: number;
  readonly broken?: readonly ModeName[];
}

/** Breaks a bank with a Redis of its own. */
async function run(
  faults: number,
  { only, change, customersPerMode = 3, broken = modeNames }: Broken = {},
): Promise<FaultsFound> {
  delete process.env.REDIS_URL;
  const service = change && new ChangedService('session', change);
  const stateful = Object.values(modes).filter(({ style }) => style === 'stateful');
  const platform = await startLocalPlatform({
    port: 0,
    workloads: workloadsFor(modeNames),
    environment: lettingGo(podSettings(1_000)),
    entries: Object.fromEntries(service ? stateful.map(({ workload }) => [workload, service.entry]) : []),
  });
  takeDown.push(
    () => service?.remove(),
    () => platform.close(),
  );
  return runFaults({
    platform,
    kinds: faultKinds.filter(({ name }) => only?.includes(name) ?? true),
    seed: 3,
    modeNames: broken,
    customersPerMode,
    durationMs: 90_000,
    faults,
    stopping: new AbortController().signal,
    progress: () => {},
  });
}

it(
  'a bank keeps all that it promises under faults of every kind, and the table of them fits a terminal',
  async () => {
    const found = await run(40);
    expect(found.violation).toBeUndefined();
    expect(found.faults).toBe(40);
    expect(found.transfers).toBeGreaterThan(0);
    const table = faultTable(found, 3);
    expect(Math.max(...table.map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(table.join('\n')).toMatch(/^kill-pod +\d+ +\d+ +\d+ +\d+\.\d s$/m);
  },
  timeoutMs,
);

it(
  'a ledger that makes a transfer again when it is asked again is found out, with what to run to see it again',
  async () => {
    const found = await run(1_000, { only: ['pause-redis', 'cut-connections'], change: keyNotChecked });
    expect(found.violation?.sentence).toMatch(/moved money twice|cents is there 2 times/);
    expect(faultTable(found, 3).at(-1)).toBe(
      `To see it again: npm run faults -- --seed 3 --faults ${found.violation?.fault}`,
    );
  },
  timeoutMs,
);

it(
  'a refusal of what the ledger has done is found out',
  async () => {
    const reported: Change = {
      file: 'apps/session/src/transfer/transfer-wizard.js',
      line: `this.log.warn({ err: error }, 'the outcome of a transfer is not in its session');`,
      becomes: 'throw error;',
    };
    const found = await run(1_000, { only: ['sign-out'], change: reported });
    expect(found.violation?.sentence).toMatch(/the refused transfer of \d+ cents is there 1 times/);
  },
  timeoutMs,
);

const whileMoving = {
  only: ['scale-pods', 'kill-pod', 'pause-pod', 'pause-redis'],
  customersPerMode: 24,
  broken: ['handoff'],
} as const;

it(
  'sessions that are between two pods as these die and the store stalls are whole, or lost by what their mode allows',
  async () => {
    // On a machine that is full pods may know too late how full they are, and then none moves.
    let moved = 0;
    for (let tries = 0; tries < 3 && moved === 0; tries += 1) {
      for (const part of takeDown.splice(0).toReversed()) await part();
      const found = await run(40, whileMoving);
      expect(found.violation).toBeUndefined();
      ({ moved } = found);
    }
    expect(moved).toBeGreaterThan(0);
  },
  timeoutMs,
);

it(
  'a pod that keeps what it lets go is found out: two have a session then',
  async () => {
    const kept: Change = {
      file: 'apps/session/src/stores/handoff-store.js',
      line: 'this.sessions.drop(session);',
      becomes: '',
    };
    const found = await run(1_000, { ...whileMoving, only: ['scale-pods'], change: kept });
    expect(found.violation?.sentence).toMatch(
      /Two pods have a session of handoff: .* it was visit \d+ after visit \d+/,
    );
  },
  timeoutMs,
);
