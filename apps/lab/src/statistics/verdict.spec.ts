import { describe, expect, it } from '@jest/globals';
import type { FiguresBy } from './figures.js';
import { cannotTell, fails, holds, judge, type Verdict } from './verdict.js';

const rule = ({ sticky }: FiguresBy<'sticky'>): Verdict => {
  const lost = sticky?.['lost'] ?? null;
  if (lost === null) return cannotTell('Nothing was measured.');
  return lost > 0 ? holds(`sticky lost ${lost}.`) : fails('sticky lost nothing.');
};
const losing = (lost: number | null): FiguresBy<'sticky'> => ({ sticky: { lost } });
const resampled = (holding: number): FiguresBy<'sticky'>[] =>
  Array.from({ length: 100 }, (_, index) => losing(index < holding ? 1 : 0));

describe('judge', () => {
  it('rules as the figures do when nearly all resamples do, and says how many', () => {
    expect(judge(rule, losing(3), resampled(95))).toEqual({
      ruling: 'holds',
      because: 'sticky lost 3.',
      agreement: expect.closeTo(0.95),
    });
  });

  it('cannot tell when more than one in twenty disagrees, and tells both sides', () => {
    const { ruling, because, agreement } = judge(rule, losing(3), resampled(94));
    expect(ruling).toBe('cannot tell here');
    expect(because).toContain('94 % say "holds", 6 % say "does not hold"');
    expect(because).toContain('sticky lost 3.');
    expect(agreement).toBeCloseTo(0.94);
  });

  it('lets no resample decide what the figures do not', () => {
    expect(judge(rule, losing(null), resampled(100))).toEqual({
      ruling: 'cannot tell here',
      because: 'Nothing was measured.',
      agreement: 0,
    });
  });

  it('knows nothing of how sure one round is', () => {
    expect(judge(rule, losing(3), [])).toEqual(holds('sticky lost 3.'));
  });

  it('refutes nothing by one round where rounds differ', () => {
    expect(judge(rule, losing(0), [], true)).toEqual(
      cannotTell('one round alone cannot refute it: sticky lost nothing.'),
    );
    expect(judge(rule, losing(0), [])).toEqual(fails('sticky lost nothing.'));
    expect(judge(rule, losing(3), [], true)).toEqual(holds('sticky lost 3.'));
  });
});
