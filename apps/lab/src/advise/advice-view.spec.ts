import { describe, expect, it } from '@jest/globals';
import { advisingScorecard, advisingWith, advisingWithFigures, forecasts } from '../../test/sample-figures.js';
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
const rendered = (change: Partial<AdvisedWorkload> = {}, cores?: number, from = measured): string[] => {
  const asked = { ...workload, ...change };
  const budget = cores === undefined ? {} : { cores };
  return renderAdvice(asked, advise(from, asked, budget), turningPoints(from, asked, budget), from, 'a report');
};

describe('advice in a terminal', () => {
  it('fits eighty columns, however large the bank is', () => {
    expect(Math.max(...rendered().map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(Math.max(...rendered({ users: 10 }).map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('begins with the mode, its pods and what is lost', () => {
    const text = rendered({ users: 20_000, sessionBytes: 2_048 }).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/^ADVICE: handoff, \d+ pods \(±\d+%\), each of [\d.]+ cores? and \d+ MiB, for 20,000 users/);
    expect(text).toMatch(/When a pod dies, about [\d,]+ sessions are lost \(±\d+%\)/);
    expect(text).toContain('when all are replaced, no session is lost');
    expect(text).toContain('sticky is out: it loses sessions whenever pods are replaced.');
    expect(text).toContain('advise.cpu (400 µs)');
    expect(text).toContain('--loss-tolerance none: ');
  });

  it('knows handoff with and without rebalancing, where the report does', () => {
    const one = (value: number) => ({ value, low: null, high: null, samples: [value] });
    const [any] = advisingScorecard.sections;
    const rebalance = {
      ...any!,
      name: 'rebalance',
      claims: [],
      figures: { sticky: { hottest: one(201) }, handoff: { hottest: one(111.4), hottestWithout: one(202) } },
    };
    const known = measuredIn({ ...advisingScorecard, sections: [...advisingScorecard.sections, rebalance] });
    const text = rendered({}, undefined, known).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'of the average load: 201 % in sticky, 111 % in handoff (202 % without session.rebalancing.enabled).',
    );
    expect(rendered().join(' ')).not.toContain('of the average load');
  });

  it('says when no mode fits', () => {
    expect(rendered({}, 1).join(' ')).toMatch(/^NO MODE FITS/);
  });

  it('gives each figure its unit and its error', () => {
    const table = rendered({ users: 20_000, sessionBytes: 2_048 });
    expect(table).toContainEqual(expect.stringMatching(/^requests, \/s +13333 ±5%( +6667 ±5%){3}$/));
    expect(table).toContainEqual(expect.stringMatching(/^client traffic, MB\/s +[\d.]+ ±5%/));
    expect(table.filter((line) => /^all of it, cores( +[\d.]+ ±20%){4}$/.test(line))).toHaveLength(1);
  });

  it('says first that a report could not tell whether its forecasts come true', () => {
    const doubtful = measuredIn(advisingWith('advise', { claims: [forecasts('cannot tell here')] }));
    expect(rendered({}, undefined, doubtful)[0]).toMatch(/^TAKE CARE: /);
    expect(rendered()[0]).not.toMatch(/TAKE CARE/);
  });

  it('calls impossible what is, and says what it would take', () => {
    const text = rendered({ thinkSeconds: 0.1 }).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/Redis operations, M\/s 0 0 0 ! 200 ±5%/);
    expect(text).toContain(
      'More Redis operations than one Redis bears, which is about 100 k a second (redis.io, benchmarks): impossible. ' +
        'It would take 2,000 in shared, the users divided among them.',
    );
    expect(rendered({ users: 20_000, sessionBytes: 2_048 }).join(' ')).not.toContain('impossible. It');
  });

  it('says why a mode that loses sessions in normal running has no figures', () => {
    const lines = rendered({ users: 20_000 });
    expect(lines.join(' ')).toContain('unpinned is never advised: it loses sessions in normal running');
    expect(lines.filter((line) => line.includes('sticky') && line.includes('unpinned'))).toEqual([]);
  });

  it('tells which modes cost the same within the error', () => {
    const text = rendered({ users: 20_000, sessionBytes: 2_048, lossTolerance: 'any' }).join('\n');
    expect(text).toContain('Within the error sticky costs the same, and loses more.');
    expect(text).toContain('--users lower (where, the error does not let tell): stateless');
  });

  it('has a dash for what no number of pods bears, and no mode with it', () => {
    const busy = measuredIn(advisingWithFigures('advise', 'sticky', { atRest: 90 }));
    const text = rendered({ users: 20_000, sessionBytes: 2_048, lossTolerance: 'any' }, undefined, busy).join('\n');
    expect(text).toMatch(/^pods +\d+ ±\d+% +- +\d+ ±\d+%/m);
    expect(text).toContain('sticky is out: it uses up its pods although nobody asks.');
    expect(text).not.toMatch(/NaN|Infinity|∞/);
  });

  it('has nothing but dashes for a mode alone that is busy with itself', () => {
    const busy = measuredIn(advisingWithFigures('advise', 'sticky', { atRest: 90 }));
    const alone = { ...busy, modes: { sticky: busy.modes.sticky! } };
    expect(rendered({ users: 20_000 }, undefined, alone)).toContainEqual(expect.stringMatching(/^pods +-$/));
  });

  it('fits eighty columns with an error of nearly all', () => {
    const vague = measuredIn(advisingWithFigures('advise', 'sticky', { cpuOff: 99 }));
    const lines = rendered({ users: 20_000, sessionBytes: 2_048, lossTolerance: 'any' }, undefined, vague);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join(' ')).not.toMatch(/NaN|Infinity/);
  });

  it('counts one user, and what is little but something', () => {
    expect(rendered({ users: 1, thinkSeconds: 3_600 })).toContainEqual(
      expect.stringMatching(/^requests, \/s +<0\.01 ±5%/),
    );
    expect(rendered({ users: 1, thinkSeconds: 3_600 })[0]).toContain('for 1 user, an act');
    expect(rendered({ users: 1, thinkSeconds: 3_600 }).join(' ')).not.toMatch(/NaN|Infinity/);
  });
});
