import { describe, expect, it } from '@jest/globals';
import { around, samplePlot, sampleSection } from '../../../test/sample-scorecard.js';
import { modeNames } from '../../bank/modes.js';
import type { Plot } from '../plot.js';
import { drawEstimates } from './draw-estimates.js';
import { drawPlot } from './draw-plot.js';

const count = (text: string, part: RegExp): number => text.match(part)?.length ?? 0;
const drawn = (change: Partial<Plot>): string => drawPlot({ ...samplePlot, ...change }, 'it', modeNames).text;

describe('drawPlot', () => {
  it('tells those who do not see it what is to be seen', () => {
    expect(drawn({})).toMatch(/role="img" aria-labelledby="it-title it-about"/);
    expect(drawn({})).toContain('<desc id="it-about">The new pod stays cold.</desc>');
  });

  it('names both axes with their units and numbers what happened', () => {
    const text = drawn({});
    expect(text).toContain('>requests (a second)<');
    expect(text).toContain('time (s)');
    expect(count(text, /class="mark"/g)).toBe(1);
  });

  it('leaves a gap where there is no value', () => {
    const points = [[0, 1], [1, null], [2, 3], [3, 4]] as const; // prettier-ignore
    const [path = ''] = drawn({ series: [{ name: 'a', style: 'line', points }] }).match(/class="line" d="[^"]+"/) ?? [];
    expect(count(path, /M/g)).toBe(2);
  });

  it('has markers only at some of many points, and none on a fitted line', () => {
    const points = Array.from({ length: 60 }, (_, at) => [at, at] as const);
    expect(count(drawn({ series: [{ name: 'a', style: 'line', points }] }), /class="dot"/g)).toBe(6);
    expect(count(drawn({ series: [{ name: 'a', style: 'points', points }] }), /class="dot"/g)).toBe(60);
    expect(count(drawn({ series: [{ name: 'a', style: 'fit', points }] }), /class="dot"/g)).toBe(0);
  });

  it('draws no number that is none, whatever it is given', () => {
    const y = { ...samplePlot.y, scale: 'log' } as const;
    for (const change of [
      { y },
      { series: [] },
      { series: [{ name: 'a', style: 'line', points: [[0, null]] }] as const },
    ])
      expect(drawn(change)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('drawEstimates', () => {
  const kind = sampleSection.kinds['even']!;

  it('has a dot and a whisker for each mode, and says the figures', () => {
    const text = drawEstimates(kind, [['sticky', around(100)], ['shared', around(200)]], 'it', modeNames).text; // prettier-ignore
    expect([count(text, /class="dot"/g), count(text, /class="line"/g)]).toEqual([2, 2]);
    expect(text).toContain('>sticky 100\u00a0ms, shared 200\u00a0ms.</desc>');
  });

  it('has no whisker after one round, and no dot where there is no figure', () => {
    const once = { low: null, high: null, samples: [] };
    const text = drawEstimates(kind, [['sticky', { ...once, value: 3 }], ['shared', { ...once, value: null }]], 'it', modeNames).text; // prettier-ignore
    expect([count(text, /class="dot"/g), count(text, /class="line"/g)]).toEqual([1, 0]);
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it('takes a logarithm where the least would be lost beside the most', () => {
    expect(
      drawEstimates(
        kind,
        [
          ['sticky', around(1)],
          ['shared', around(9_000)],
        ],
        'it',
        modeNames,
      ).text,
    ).toContain('logarithmic');
  });
});
