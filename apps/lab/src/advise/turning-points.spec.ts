import { describe, expect, it } from '@jest/globals';
import { advisingScorecard } from '../../test/sample-figures.js';
import { advise } from './advice.js';
import { measuredIn } from './measured.js';
import { turningPoints } from './turning-points.js';
import type { AdvisedWorkload } from './workload.js';

const measured = measuredIn(advisingScorecard);
const workload: AdvisedWorkload = {
  users: 20_000,
  thinkSeconds: 10,
  sessionBytes: 2_048,
  writesPercent: 20,
  lossTolerance: 'none',
};

describe('turning points', () => {
  it('are numbers where a mode fits no more, and the advice changes there and not before', () => {
    const [heavy] = turningPoints(measured, workload).filter(
      ({ input, direction }) => input === 'sessionBytes' && direction === 'above',
    );
    const [at, same] = heavy!.at as [number, number];
    expect(at).toBe(same);
    expect(advise(measured, { ...workload, sessionBytes: at }).mode).toBe(heavy!.mode);
    expect(advise(measured, { ...workload, sessionBytes: at * 0.97 }).mode).toBe(advise(measured, workload).mode);
  });

  it('are no numbers where it is the error that tells which mode costs less', () => {
    const points = turningPoints(measured, { ...workload, lossTolerance: 'minutes' });
    const fewer = points.find(({ input, direction }) => input === 'users' && direction === 'below');
    expect(fewer).toEqual({ input: 'users', direction: 'below', mode: 'stateless', at: undefined });
  });

  it('tell of each other tolerance that leads to another mode', () => {
    expect(turningPoints(measured, workload).filter(({ input }) => input === 'lossTolerance')).toEqual([
      { input: 'lossTolerance', at: 'minutes', direction: 'with', mode: 'handoff' },
      { input: 'lossTolerance', at: 'any', direction: 'with', mode: 'handoff' },
    ]);
  });

  it('tell between which values the budget ends, and nothing where that is within the error', () => {
    const of = (cores: number) =>
      turningPoints(measured, workload, { cores }).find(
        ({ input, direction }) => input === 'users' && direction === 'above',
      )!;
    const { mode, at } = of(4);
    expect(mode).toBeUndefined();
    const [near, far] = at as [number, number];
    expect(far / near).toBeGreaterThan(1.2);
    expect(advise(measured, { ...workload, users: near * 0.9 }, { cores: 4 }).mode).toBeDefined();
    expect(advise(measured, { ...workload, users: far * 1.1 }, { cores: 4 }).mode).toBeUndefined();
    expect(of(2)).toEqual({ input: 'users', direction: 'above', mode: undefined, at: undefined });
  });
});
