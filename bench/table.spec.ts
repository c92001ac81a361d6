import { describe, expect, it } from '@jest/globals';
import type { Figure, Trial } from './figure.js';
import { summarise } from './result.js';
import { table } from './table.js';

const figure: Figure = {
  name: 'read',
  title: 'ours / theirs',
  target: { bound: 'at least', value: 0.8 },
  open: () => Promise.reject(new Error('measured elsewhere')),
};
const trial = { basis: 'throughput' } as Trial;
const row = (...ratios: number[]): string =>
  table([
    summarise(
      figure,
      trial,
      ratios.map((ratio) => ({ ratio, notes: {} })),
    ),
  ]).split('\n')[1]!;

describe('the table of the bench', () => {
  it.each([
    ['holds the median against the bound', [0.9, 0.85, 0.8], /0\.85 +at least 0\.80 +yes +0\.80 to 0\.90 \(3\)/],
    ['tells what misses it', [0.7, 0.75, 0.79], / NO +0\.70 to 0\.79/],
    ['says of rounds that differ by more than a quarter that they do', [0.6, 0.85, 0.9], / yes, noisy +0\.60 to 0\.90/],
    ['says so of what misses it too', [0.6, 0.7, 0.9], / NO, noisy +0\.60 to 0\.90/],
  ])('%s', (_, ratios, line) => expect(row(...ratios)).toMatch(line));
});
