import { describe, expect, it } from '@jest/globals';
import { advisingScorecard } from '../../test/sample-figures.js';
import { advise } from './advice.js';
import { measuredIn } from './measured.js';
import { turningPoints } from './turning-points.js';
import type { AdvisedWorkload } from './workload.js';
import { renderAdvice } from './advice-view.js';

const measured = measuredIn(advisingScorecard);
const workload: AdvisedWorkload = {
  users: 10_000_000,
  thinkSeconds: 3,
  sessionBytes: 1_048_576,
  writesPercent: 100,
  lossTolerance: 'minutes',
};
const rendered = (change: Partial<AdvisedWorkload> = {}, cores?: number): string[] => {
  const asked = { ...workload, ...change };
  const budget = cores === undefined ? {} : { cores };
  return renderAdvice(asked, advise(measured, asked, budget), turningPoints(measured, asked, budget), 'a report');
};

describe('advice in a terminal', () => {
  it('fits eighty columns, however large the bank is', () => {
    expect(Math.max(...rendered().map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(Math.max(...rendered({ users: 10 }).map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('begins with the mode, its pods and what is lost', () => {
    const text = rendered({ users: 20_000, sessionBytes: 2_048 }).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/^ADVICE: handoff, \d+ pods of [\d.]+ cores? and \d+ MiB, for 20,000 users/);
    expect(text).toContain('When a pod dies, about');
    expect(text).toContain('when all are replaced, no session is lost');
    expect(text).toContain('sticky is out: it loses sessions whenever pods are replaced.');
    expect(text).toContain('advise.cpu');
    expect(text).toContain('--loss-tolerance none: ');
  });

  it('says when no mode fits', () => {
    expect(rendered({}, 1).join(' ')).toMatch(/^NO MODE FITS/);
  });
});
