import { describe, expect, it } from '@jest/globals';
import { advisingScorecard, advisingWithFigures } from '../../test/sample-figures.js';
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
    expect(advise(measured, { ...workload, lossTolerance: 'minutes' }).mode).toBe('handoff');
    expect(advise(measured, { ...workload, lossTolerance: 'none' }).mode).toBe('stateless');
  });

  it('takes the one that loses less of those whose costs the error does not tell apart', () => {
    const { mode, tied } = advise(measured, workload);
    expect(mode).toBe('handoff');
    expect(tied).toEqual([{ mode: 'sticky', losesMore: true }]);
    const dear = measuredIn(advisingWithFigures('advise', 'handoff', { cpu: 560 }));
    const heavy = { ...workload, sessionBytes: 12_000 };
    expect(advise(dear, heavy).mode).toBe('sticky');
    expect(advise({ ...dear, error: { ...dear.error, cpu: 0.6 } }, heavy).mode).toBe('handoff');
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

  it('never advises a mode that loses sessions by its design, though a report saw none lost', () => {
    const lucky = measuredIn(advisingWithFigures('amnesia', 'unpinned', { lostBefore: 0 }));
    expect(advise(lucky, workload).weighed.map(({ cost }) => cost.mode)).not.toContain('unpinned');
  });

  it('never advises a mode of which a report saw sessions lost although nothing happened', () => {
    const unlucky = measuredIn(advisingWithFigures('amnesia', 'handoff', { lostBefore: 5 }));
    const { mode, weighed } = advise(unlucky, workload);
    expect(mode).toBe('sticky');
    expect(weighed.find(({ cost }) => cost.mode === 'handoff')?.unfit).toMatch(/although nothing happened/);
  });

  it('tells how far off each figure may be', () => {
    const { cost, low, high } = advise(measured, workload).weighed.find((one) => one.cost.mode === 'shared')!;
    expect(high.redisOperations.value).toBeCloseTo(cost.redisOperations.value * 1.05);
    expect(low.redisOperations.value).toBeCloseTo(cost.redisOperations.value * 0.95);
    expect(high.coreEquivalents.value).toBeCloseTo(cost.coreEquivalents.value * 1.2);
    expect(high.pods.count).toBeGreaterThan(cost.pods.count);
    expect(high.pods.cores).toBe(cost.pods.cores);
    expect(high.redisMemoryBytes.value).toBeGreaterThan(cost.redisMemoryBytes.value);
  });

  it('advises nothing that one Redis or one cluster cannot do', () => {
    const unfitOf = (change: Partial<AdvisedWorkload>, mode: string) =>
      advise(measured, { ...workload, ...change }).weighed.find(({ cost }) => cost.mode === mode)!.unfit;
    expect(unfitOf({ users: 500_000 }, 'shared')).toBeUndefined();
    expect(unfitOf({ users: 510_000 }, 'shared')).toMatch(/impossible with one Redis/);
    expect(unfitOf({ sessionBytes: 300_000 }, 'shared')).toMatch(/impossible with one Redis/);
    expect(unfitOf({ users: 10_000_000, thinkSeconds: 0.1 }, 'sticky')).toMatch(/impossible with one cluster/);
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
    expect(weighed.find(({ cost }) => cost.mode === 'sticky')?.unfit).toMatch(
      /takes at least .* cores \(.*budget is 1$/,
    );
    expect(advise(measured, workload, { memoryBytes: 2 ** 20 }).mode).toBeUndefined();
    expect(advise(measured, workload, { cores: 100, memoryBytes: 2 ** 40 }).mode).toBe('handoff');
  });

  it('holds a budget against the smallest pods that the bank runs in', () => {
    const few = { ...workload, users: 20, lossTolerance: 'none' } as const;
    const small = measuredIn(advisingWithFigures('memory', 'stateless', { fittedAt0: 10e6, at0: 10e6, at1000: 10e6 }));
    const mebibyte = 2 ** 20;
    expect(advise(small, few, { cores: 0.1, memoryBytes: 256 * mebibyte }).mode).toBe('stateless');
    expect(advise(small, few, { memoryBytes: 255 * mebibyte }).mode).toBeUndefined();
    expect(advise(small, few, { cores: 0.09 }).mode).toBeUndefined();
  });

  it('takes fewer and larger pods where a budget of memory asks for it', () => {
    const budget = { memoryBytes: 400 * 2 ** 20 };
    expect(costIn({ users: 10_000, sessionBytes: 0 }, 'handoff').podMemoryBytes.value).toBeGreaterThan(
      budget.memoryBytes,
    );
    const unfitIn = (mode: string, change: Partial<AdvisedWorkload>, memoryBytes: number) =>
      advise(measured, { ...workload, ...change }, { memoryBytes }).weighed.find(({ cost }) => cost.mode === mode)!
        .unfit;
    expect(unfitIn('handoff', { users: 10_000, sessionBytes: 0 }, budget.memoryBytes)).toBeUndefined();
    const { podMemoryBytes, redisMemoryBytes } = costIn({}, 'shared');
    expect(redisMemoryBytes.value).toBeGreaterThan(1);
    expect(unfitIn('shared', {}, podMemoryBytes.value + 1)).toBeUndefined();
  });
});
