import { describe, expect, it } from '@jest/globals';
import { conclude, type MeasuredBy } from './conclude.js';
import type { FiguresBy } from './figures.js';
import { fails, holds } from './verdict.js';

const order = ['stateless', 'sticky'] as const;
type TwoModes = (typeof order)[number];
type Key = 'lost' | 'p99';
const kinds = {
  lost: { label: 'lost', unit: 'count', over: 'total' },
  p99: { label: 'p99', unit: 'ms', over: 'median', latency: true },
} as const;
const experiment: MeasuredBy<TwoModes, Key> = {
  kinds,
  claims: [
    {
      number: 1,
      sentence: 'Sticky is slower.',
      decidedBy: ['p99'],
      rule: ({ sticky, stateless }) =>
        (sticky?.p99 ?? 0) > (stateless?.p99 ?? 0) ? holds('it is.') : fails('it is not.'),
    },
  ],
  plots: ({ modes, estimates }) => [
    {
      title: `${modes.join()} ${estimates.sticky?.p99.value}`,
      about: '',
      x: { label: '', unit: 'count', scale: 'linear' },
      y: { label: '', unit: 'ms', scale: 'linear' },
      series: [],
    },
  ],
};
const round = (sticky: number, stateless: number): FiguresBy<TwoModes, Key> => ({
  stateless: { lost: 0, p99: stateless },
  sticky: { lost: 2, p99: sticky },
});
const clear = [round(20, 10), round(22, 11), round(19, 12), round(25, 9), round(21, 10)];
const noisy = [round(20, 10), round(9, 11), round(19, 12), round(8, 9), round(11, 10)];

describe('conclude', () => {
  it('estimates each figure with what each round found and an interval that holds the value', () => {
    const { sticky } = conclude(experiment, clear, 1, order).figures;
    expect(sticky!.lost).toEqual({ value: 10, low: 10, high: 10, samples: [2, 2, 2, 2, 2] });
    const { value, low, high, samples } = sticky!.p99;
    expect(samples).toEqual([20, 22, 19, 25, 21]);
    expect(value).toBe(21);
    expect(low).toBeGreaterThanOrEqual(19);
    expect(low).toBeLessThan(21);
    expect(high).toBeGreaterThan(21);
    expect(high).toBeLessThanOrEqual(25);
  });

  it('is sure of what every round says, and cannot tell what noise decides', () => {
    expect(conclude(experiment, clear, 1, order).claims[0]?.verdict).toMatchObject({ ruling: 'holds', agreement: 1 });
    const { ruling, agreement } = conclude(experiment, noisy, 1, order).claims[0]!.verdict;
    expect(ruling).toBe('cannot tell here');
    expect(agreement).toBeGreaterThan(0.5);
    expect(agreement).toBeLessThan(0.95);
  });

  it('comes to the same for the same seed', () => {
    expect(conclude(experiment, noisy, 5, order)).toEqual(conclude(experiment, noisy, 5, order));
    expect(conclude(experiment, noisy, 5, order).claims).not.toEqual(conclude(experiment, noisy, 6, order).claims);
  });

  it('has no interval and no certainty from one round', () => {
    const { figures, claims } = conclude(experiment, clear.slice(0, 1), 1, order);
    expect(figures.sticky!['p99']).toEqual({ value: 20, low: null, high: null, samples: [20] });
    expect(claims[0]!.verdict).toEqual(holds('it is.'));
  });

  it('has an open end where most resamples waited longer than was measured', () => {
    const waiting = { even: { label: '', unit: 'ms', over: 'median', absent: 'beyond' } } as const;
    const rounds = [3, 4, null].map((even) => ({ sticky: { even } }));
    const { even } = conclude({ kinds: waiting, claims: [] }, rounds, 1, ['sticky']).figures.sticky!;
    expect(even).toEqual({ value: 4, low: 3, high: null, samples: [3, 4, null] });
  });

  it('draws the plots over what was found', () => {
    expect(conclude(experiment, clear, 1, order).plots[0]?.title).toBe('stateless,sticky 21');
  });
});
