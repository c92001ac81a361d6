import { describe, expect, it } from '@jest/globals';
import { added, amountOf, millicores } from './quantity.js';

describe('amountOf', () => {
  it.each([
    ['2', 2],
    ['1e3', 1_000],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['200M', 200e6],
    ['3E', 3e18],
  ] as const)('reads %s', (text, amount) => {
    expect(amountOf(text)).toBe(amount);
  });

  it.each(['', 'Gi', '5x', '5toString'])('refuses %j', (text) => {
    expect(() => amountOf(text)).toThrow(RangeError);
  });
});

describe('millicores', () => {
  it.each([
    ['85m', 85],
    ['2', 2_000],
    ['0.5', 500],
    ['1234567n', 1.234567],
    ['250u', 0.25],
  ] as const)('reads %s', (text, amount) => {
    expect(millicores(text)).toBeCloseTo(amount, 9);
  });

  it.each(['', 'm', '5x', '-1'])('refuses %j', (text) => {
    expect(() => millicores(text)).toThrow(RangeError);
  });
});

describe('added', () => {
  it('counts in the unit of what is added', () => {
    expect(added('1Gi', '256Mi', 2)).toBe('1536Mi');
    expect(added('1', '500m', 3)).toBe('2500m');
    expect(added('4', '1', 3)).toBe('7');
  });
});
