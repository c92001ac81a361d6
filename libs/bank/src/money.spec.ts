import { describe, expect, test } from '@jest/globals';
import { amountMinor, currency, maxMinor } from './money.js';

describe('an amount', () => {
  test.each([1, 100, maxMinor])('may be %p', (amount) => {
    expect(amountMinor.parse(amount)).toBe(amount);
  });

  test.each([0, -1, 1.5, 2 ** 53, Number.NaN, Infinity, '100', null])('may not be %p', (amount) => {
    expect(amountMinor.safeParse(amount).success).toBe(false);
  });
});

describe('a currency', () => {
  test.each(['EUR', 'JPY'])('may be %p', (code) => {
    expect(currency.parse(code)).toBe(code);
  });

  test.each(['eur', 'XQZ', 'EURO', '', 978])('may not be %p', (code) => {
    expect(currency.safeParse(code).success).toBe(false);
  });
});
