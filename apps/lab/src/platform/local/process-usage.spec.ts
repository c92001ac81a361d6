import { expect, it } from '@jest/globals';
import { parseProc, parsePs, usageOf } from './process-usage.js';

it('tells what this very process uses, and leaves out one that is no more', async () => {
  const usage = await usageOf([process.pid, 2 ** 22 + 1]);
  expect([...usage.keys()]).toEqual([process.pid]);
  expect(usage.get(process.pid)?.memoryBytes).toBeGreaterThan(10_000_000);
  expect(usage.get(process.pid)?.cpuSeconds).toBeCloseTo(
    process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    0,
  );
});

it('reads /proc, whatever the program is called', () => {
  const stat = '42 (a) b (c) S 1 42 42 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 11 0 1 2 3';
  expect(parseProc(stat, 'Name:\tnode\nVmRSS:\t   100 kB\n')).toEqual({ memoryBytes: 102_400, cpuSeconds: 3 });
  expect(parseProc(stat, 'Name:\tnode\nState:\tZ (zombie)\n')).toBeUndefined();
});

it('reads ps as macOS and Linux print it', () => {
  expect([...parsePs('  501  2048   0:01.50\n 7 1 01:02:03\n 8 1 2-00:00:01\n')]).toEqual([
    [501, { memoryBytes: 2_097_152, cpuSeconds: 1.5 }],
    [7, { memoryBytes: 1024, cpuSeconds: 3723 }],
    [8, { memoryBytes: 1024, cpuSeconds: 172_801 }],
  ]);
});
