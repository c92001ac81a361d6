import { describe, expect, it } from '@jest/globals';
import { estimateText, formatCell, formatDuration, formatFigure, formatTimeLeft, wrap } from './format.js';

describe('formatFigure', () => {
  it.each([
    [0, 'count', '0'],
    [1_234_567, 'bytes', '1234567 B'],
    [12.345, 'ms', '12.3 ms'],
    [0.5, 'percent', '0.50 %'],
    [100.4, 'µs', '100 µs'],
    [99.96, 'percent', '100 %'],
    [9.996, 'ms', '10.0 ms'],
  ] as const)('writes %d as a %s as %s', (value, unit, text) => {
    expect(formatFigure(value, unit)).toBe(text);
  });

  it('writes a dash where there is no figure', () => {
    expect([null, undefined, NaN].map((value) => formatFigure(value, 'ms'))).toEqual(['-', '-', '-']);
  });
});

describe('formatCell', () => {
  it.each([
    [1_234_567, 'bytes', '1234567 B'],
    [114_888_253, 'bytes', '115 MB'],
    [98_765_432_100, 'bytes', '98.8 GB'],
    [-112_605_801, 'bytes', '-113 MB'],
    [12_345_678, 'ms', '12346 s'],
    [12_345_678, 'µs', '12.3 s'],
  ] as const)('writes %d as a %s in a cell as %s', (value, unit, text) => {
    expect(formatCell(value, unit)).toBe(text);
  });
});

describe('estimateText', () => {
  it('says that a figure was not there in time, and has a dash where there was nothing to measure', () => {
    expect(estimateText(null, { unit: 'ms', absent: 'beyond' })).toBe('not in time');
    expect(estimateText(null, { unit: 'ms' })).toBe('-');
    expect(estimateText(7, { unit: 'ms', absent: 'beyond' })).toBe('7\u00a0ms');
  });
});

describe('wrap', () => {
  it('breaks between words only, and indents all lines but the first', () => {
    expect(wrap('one two three', 8, '  ')).toEqual(['one two', '  three']);
  });

  it('keeps the spaces that a text begins with', () => {
    expect(wrap('  one   two', 20)).toEqual(['  one   two']);
  });

  it('lets a word that is too long stand alone', () => {
    expect(wrap('a incomprehensible b', 6)).toEqual(['a', 'incomprehensible', 'b']);
  });
});

describe('formatDuration', () => {
  it('tells minutes and seconds', () => {
    expect(formatDuration(61_999)).toBe('1:01');
  });
});

describe('formatTimeLeft', () => {
  it.each([
    [0, '10 s left'],
    [12, '20 s left'],
    [59, '60 s left'],
    [60, '1 min left'],
    [100, '2 min left'],
    [1_199, '20 min left'],
  ])('tells %d s no more exactly than it is known', (seconds, words) => {
    expect(formatTimeLeft(seconds)).toBe(words);
  });
});
