import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type ScaleOutKey } from './claims.js';
import { modeNames } from '../../bank/modes.js';
import { conclude } from '../../statistics/conclude.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<ScaleOutKey>;
const stateless = { ...none, ready: 900, even: 0, newShare: 100 };
const sticky = { ...none, ready: 900, even: 12_000, newShare: 37 };
const complex = ruleOf(claims, 4);
const easy = ruleOf(claims, 5);

describe('the rule of claim 4', () => {
  it('holds when a new sticky pod stays cold longer', () => {
    expect(complex({ stateless, sticky })).toEqual({
      ruling: 'holds',
      because:
        'a new sticky pod had 37 % of an even share at first and came to it after 12 s, a stateless one 100 % and had it at once.',
    });
  });

  it('holds when it never came to its share, and when sessions were lost', () => {
    expect(complex({ stateless, sticky: { ...sticky, even: null } }).ruling).toBe('holds');
    expect(complex({ stateless, sticky: { ...stateless, lost: 1 } }).ruling).toBe('holds');
  });

  it('does not hold when a new sticky pod is of help as soon', () => {
    expect(complex({ stateless, sticky: { ...sticky, even: 1_000, newShare: 95 } }).ruling).toBe('does not hold');
  });

  it('cannot tell between, or when one was not scaled out', () => {
    expect(complex({ stateless, sticky: { ...sticky, even: 4_000, newShare: 95 } }).ruling).toBe('cannot tell here');
    expect(complex({ stateless, sticky: { ...sticky, even: 1_000, newShare: 70 } }).ruling).toBe('cannot tell here');
    expect(complex({ stateless, sticky: { ...sticky, ready: null } }).ruling).toBe('cannot tell here');
    expect(complex({ sticky }).ruling).toBe('cannot tell here');
  });
});

describe('the rule of claim 5', () => {
  it('holds when a new pod is of help at once and nobody notices', () => {
    expect(easy({ stateless }).ruling).toBe('holds');
  });

  it.each([
    ['it was not for long', { even: 8_000 }],
    ['it never was', { even: null }],
    ['requests failed', { failed: 2 }],
    ['sessions were lost', { lost: 2 }],
  ])('does not hold when %s', (_, change) => {
    expect(easy({ stateless: { ...stateless, ...change } }).ruling).toBe('does not hold');
  });

  it('cannot tell when it was not scaled out', () => {
    expect(easy({ stateless: { ...stateless, ready: null } }).ruling).toBe('cannot tell here');
    expect(easy({ sticky }).ruling).toBe('cannot tell here');
  });
});

describe('one round alone', () => {
  it('refutes neither claim, since shares differ from round to round', () => {
    const cold = { stateless: { ...stateless, even: null, newShare: 35 }, sticky: { ...sticky, even: 2_000 } };
    const rulings = (rounds: number) =>
      conclude(
        { claims, kinds },
        Array.from({ length: rounds }, () => cold),
        1,
        modeNames,
      ).claims.map(({ verdict }) => verdict.ruling);
    expect(rulings(1)).toEqual(['cannot tell here', 'cannot tell here']);
    expect(rulings(3)).toEqual(['does not hold', 'does not hold']);
  });
});
