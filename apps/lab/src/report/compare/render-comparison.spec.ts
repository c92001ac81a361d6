import { describe, expect, it } from '@jest/globals';
import { around, sampleScorecard, sampleSection } from '../../../test/sample-scorecard.js';
import type { Scorecard, Section } from '../scorecard.js';
import { changeOf, renderComparison } from './render-comparison.js';
import type { Estimate } from '../../statistics/figures.js';

const withSection = (change: Partial<Section>, rest: Partial<Scorecard> = {}): Scorecard => ({
  ...sampleScorecard,
  ...rest,
  sections: [{ ...sampleSection, ...change }],
});
const compared = (b: Scorecard, all = false, a = sampleScorecard): string =>
  renderComparison({ name: 'a.json', scorecard: a }, { name: 'b.json', scorecard: b }, all).join('\n');
const figures = (even: Estimate): Section['figures'] => ({
  ...sampleSection.figures,
  sticky: { even, failed: around(0) },
});

describe('renderComparison', () => {
  it('finds nothing between a run and itself', () => {
    const text = compared(sampleScorecard);
    expect(text).toContain('Verdicts that changed: none');
    expect(text).toContain('Figures that changed by more than noise, of 10: none');
    expect(text).not.toContain('Known to differ');
  });

  it('tells a figure that changed, by how much, and none of those that did not', () => {
    const text = compared(withSection({ figures: figures(around(8_000)) }));
    expect(text).toMatch(/sticky {4}ready to its even share +2000 ms +8000 ms +\+300 %/);
    expect(text).toContain('of 10: 1\n');
    expect(text).not.toContain('stateless  ready');
  });

  it('shows the others when all are asked for', () => {
    const text = compared(withSection({ figures: figures(around(8_000)) }), true);
    expect(text).toMatch(/Figures that noise explains: 9\n/);
    expect(text).toMatch(/stateless ready to its even share +1000 ms +1000 ms +=/);
  });

  it('keeps A and B apart, however large they are', () => {
    const kinds = { even: { label: 'memory', unit: 'bytes', over: 'median' } } as const;
    const of = (bytes: number) => withSection({ kinds, figures: { sticky: { even: around(bytes) } } });
    expect(compared(of(112_605_801), false, of(1_148_882_530))).toMatch(/sticky {4}memory +1.15 GB +113 MB +-90 %/);
  });

  it('takes a difference inside the noise for noise', () => {
    expect(compared(withSection({ figures: figures(around(2_010)) }))).toContain('more than noise, of 10: none');
  });

  it('cannot tell by one round, however large the difference', () => {
    const once = { value: 9_000, low: null, high: null, samples: [9_000] };
    const text = compared(withSection({ figures: figures(once) }));
    expect(text).toContain('more than noise, of 10: none');
    expect(text).toContain('of 1 nobody can tell');
  });

  it('counts a round that never came to it as more than any that did', () => {
    const never = { value: null, low: 9_000, high: null, samples: [null, null, 9_000, null, null] };
    expect(compared(withSection({ figures: figures(never) }))).toMatch(/ready to its even share +2000 ms +not seen/);
  });

  it('compares events a round, so that more rounds are no change', () => {
    const ten = { value: 20, low: 20, high: 20, samples: Array.from({ length: 10 }, () => 2) };
    const five = { value: 10, low: 10, high: 10, samples: Array.from({ length: 5 }, () => 2) };
    const of = (failed: Estimate) => withSection({ figures: { sticky: { even: around(1), failed } } });
    expect(compared(of(ten), true, of(five))).toMatch(/requests failed, a round +2 +2 +=/);
  });

  it('puts changed verdicts first, each with its reason and how sure it is', () => {
    const verdict = { ruling: 'does not hold', because: 'both took 12 s.', agreement: 1 } as const;
    const text = compared(withSection({ claims: [{ ...sampleSection.claims[0]!, verdict }] }));
    expect(text).toContain('Verdicts that changed: 1');
    expect(text).toContain('A: HOLDS (5 rounds, 98 % of resamples): sticky took 12 s');
    expect(text).toContain('B: DOES NOT HOLD (5 rounds, 100 % of resamples): both took 12 s.');
    expect(text.indexOf('DOES NOT HOLD')).toBeLessThan(text.indexOf('Figures that changed'));
  });

  it('says how settings, machines and experiments differ, and that a run is not sound', () => {
    const settings = { ...sampleScorecard.settings, seconds: 4 };
    const machine = { ...sampleScorecard.machine, cores: 8 };
    const text = compared(withSection({ name: 'memory', fault: 'no pod' }, { settings, machine }));
    expect(text).toContain('seconds of load: 8 in A, 4 in B.');
    expect(text).toContain('CPU: 2 cores (some CPU) in A, 8 cores (some CPU) in B.');
    expect(text).toContain('only in A: scale-out.');
    expect(text).toContain('only in B: memory.');
    expect(text).toContain('B is not sound');
  });

  it('begins with the largest changes, and fits 80 columns', () => {
    const b = withSection({
      figures: { ...figures(around(2_200)), shared: { even: around(500_000), failed: around(0) } },
    });
    const text = compared(b, true);
    expect(text.indexOf('shared ')).toBeLessThan(text.indexOf('sticky '));
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('changeOf', () => {
  it.each([
    [100, 33, '-67 %'],
    [100, 101.5, '+1.5 %'],
    [1, 12, 'x 12'],
    [5, 5, '='],
    [0, 7, 'from 0'],
    [null, 7, ''],
    [null, null, '='],
  ])('from %p to %p is %p', (before, after, reported) => {
    expect(changeOf(before, after)).toBe(reported);
  });
});
