import { describe, expect, it } from '@jest/globals';
import { advisingScorecard } from '../../test/sample-figures.js';
import { advise } from './advice.js';
import { measuredIn } from './measured.js';
import type { AdvisedWorkload } from './workload.js';

const measured = measuredIn(advisingScorecard);
const workload: AdvisedWorkload = {
  users: 20_000,
  thinkSeconds: 10,
  sessionBytes: 2_048,
  writesPercent: 20,
  lossTolerance: 'any',
};
const costIn = (change: Partial<AdvisedWorkload>, mode: string) =>
  advise(measured, { ...workload, ...change }).weighed.find(({ cost }) => cost.mode === mode)!.cost;

describe('advice', () => {
  it('takes the cheapest mode of those that lose no more than is tolerated', () => {
    expect(advise(measured, workload).mode).toBe('sticky');
    expect(advise(measured, { ...workload, lossTolerance: 'minutes' }).mode).toBe('handoff');
    expect(advise(measured, { ...workload, lossTolerance: 'none' }).mode).toBe('stateless');
  });

  it('lets a state that is too heavy for a header live in Redis when none may be lost', () => {
    const heavy = { ...workload, lossTolerance: 'none', sessionBytes: 12_000 } as const;
    expect(advise(measured, heavy).mode).toBe('shared');
    expect(advise(measured, heavy).weighed[0]?.unfit).toMatch(/header takes 16 KiB/);
  });

  it('counts state that travels: with each request and back when it changed, or three times to Redis', () => {
    const light = { ...workload, sessionBytes: 6_000, writesPercent: 50 };
    expect(costIn(light, 'stateless').wireBytes.value).toBeCloseTo(2 * 2_000 * (1_200 + 8_000 * 1.5));
    expect(costIn(light, 'shared').wireBytes.value).toBeCloseTo(2_000 * 850);
    expect(costIn(light, 'shared').redisWireBytes.value).toBeCloseTo(2_000 * 3 * (6_000 + 800));
  });

  it('never advises a mode that loses sessions although nothing happens', () => {
    const unpinned = advise(measured, workload).weighed.find(({ cost }) => cost.mode === 'unpinned');
    expect(unpinned?.unfit).toMatch(/although nothing happens/);
  });

  it('says what a pod that dies takes with it, and what a rollout does', () => {
    const { lostInCrash, lostInRollout, pods } = costIn({}, 'sticky');
    expect(lostInCrash.value).toBeCloseTo(20_000 / pods.count);
    expect(lostInRollout.value).toBe(20_000);
    expect(costIn({}, 'handoff').lostInRollout.value).toBe(0);
  });

  it('counts what each pod takes although nobody asks it', () => {
    const { cores, pods } = costIn({}, 'sticky');
    expect(cores.value).toBeCloseTo((2_000 * 400) / 1e6 + pods.count * 0.01);
  });

  it('counts two operations of Redis a request in shared, and none elsewhere', () => {
    expect(costIn({}, 'shared').redisOperations.value).toBe(4_000);
    expect(costIn({}, 'sticky').redisOperations.value).toBe(0);
  });

  it('advises nothing past the budget, and says what each mode would take', () => {
    const { mode, weighed } = advise(measured, workload, { cores: 1 });
    expect(mode).toBeUndefined();
    expect(weighed.find(({ cost }) => cost.mode === 'sticky')?.unfit).toMatch(/takes .* cores/);
    expect(advise(measured, workload, { memoryBytes: 2 ** 20 }).mode).toBeUndefined();
    expect(advise(measured, workload, { cores: 100, memoryBytes: 2 ** 40 }).mode).toBe('sticky');
  });
});
