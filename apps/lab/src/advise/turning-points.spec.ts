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
  it('are where the advice changes, and not before', () => {
    const points = turningPoints(measured, workload).filter(({ direction }) => direction !== 'with');
    expect(points.length).toBeGreaterThan(0);
    for (const { input, at, mode, direction } of points) {
      const now = advise(measured, workload).mode;
      const nearer = direction === 'above' ? Number(at) * 0.97 - 1 : Number(at) * 1.03 + 1;
      expect(advise(measured, { ...workload, [input]: at }).mode).toBe(mode);
      expect(mode).not.toBe(now);
      expect(advise(measured, { ...workload, [input]: nearer }).mode).toBe(now);
    }
  });

  it('tell of each other tolerance that leads to another mode', () => {
    expect(turningPoints(measured, workload).filter(({ input }) => input === 'lossTolerance')).toEqual([
      { input: 'lossTolerance', at: 'minutes', direction: 'with', mode: 'handoff' },
      { input: 'lossTolerance', at: 'any', direction: 'with', mode: 'sticky' },
    ]);
  });

  it('tell where the budget ends', () => {
    const points = turningPoints(measured, workload, { cores: 4 });
    expect(points).toContainEqual(expect.objectContaining({ input: 'users', direction: 'above', mode: undefined }));
  });
});
