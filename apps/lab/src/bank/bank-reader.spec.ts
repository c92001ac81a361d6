import { describe, expect, it } from '@jest/globals';
import type { Platform } from '../platform/platform.js';
import { BankReader } from './bank-reader.js';

describe('BankReader', () => {
  const name = 'session-sticky-0';
  let counts = { cpuSeconds: 5, requests: 100 };
  const platform: Partial<Platform> = {
    pods: async () => [
      { name, workload: 'session-sticky', phase: 'ready', bootId: 'b' },
      { name: 'session-sticky-1', workload: 'session-sticky', phase: 'starting', bootId: undefined },
    ],
    usage: async () => new Map([[name, { memoryBytes: 5e7, cpuSeconds: counts.cpuSeconds }]]),
    metric: async (_, metric, labels) => {
      if (metric === 'tellers_sessions_open') return new Map([[name, 7]]);
      return new Map([[name, labels === undefined ? counts.requests : labels['status'] === '503' ? 2 : 0]]);
    },
    autoscaling: () => null,
  };
  const reader = new BankReader(platform as Platform, ['session-sticky']);
  const readPod = async () => (await reader.read())[0]!.pods[0]!;

  it('knows no rates at first, and then those since the reading before', async () => {
    expect(await readPod()).toMatchObject({ cpu: null, perSecond: null, sessions: 7, memoryBytes: 5e7, failed: 2 });
    counts = { cpuSeconds: 5.1, requests: 150 };
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { cpu, perSecond } = await readPod();
    expect(cpu).toBeGreaterThan(0);
    expect(perSecond! / cpu!).toBeCloseTo(0.5, 6);
  });

  it('knows no rates of a process that was started again under the same name', async () => {
    counts = { cpuSeconds: 0.5, requests: 3 };
    expect(await readPod()).toMatchObject({ cpu: null, perSecond: null });
  });

  it('tells of a pod that says nothing yet only that it is there', async () => {
    const [state] = await reader.read();
    expect(state!.pods[1]).toMatchObject({
      phase: 'starting',
      cpu: null,
      memoryBytes: null,
      sessions: null,
      failed: null,
    });
  });
});
