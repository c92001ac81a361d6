import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type RollingUpdateKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<RollingUpdateKey>;
const quiet = { ...none, active: 20, took: 10_000 };
const rule = ruleOf(claims, 10);

describe('the rule of rolling-update', () => {
  it('holds when only sticky lost sessions', () => {
    expect(rule({ stateless: quiet, sticky: { ...quiet, lost: 20 } }).ruling).toBe('holds');
  });

  it('holds when sticky lost nothing, but took much longer not to', () => {
    expect(rule({ stateless: quiet, sticky: { ...quiet, took: 16_000 } }).ruling).toBe('holds');
  });

  it.each([
    ['the stateless pods failed requests', { stateless: { ...quiet, failed: 1 } }],
    ['the stateless pods lost sessions', { stateless: { ...quiet, lost: 1 } }],
    ['sticky was as smooth and as quick', { sticky: { ...quiet, took: 14_000 } }],
  ])('does not hold when %s', (_, change) => {
    expect(
      rule({ stateless: quiet, sticky: { ...quiet, ...('stateless' in change && { lost: 20 }) }, ...change }).ruling,
    ).toBe('does not hold');
  });

  it('cannot tell without both, or when nobody was inside', () => {
    expect(rule({ sticky: quiet }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: quiet, sticky: { ...quiet, active: 0 } }).ruling).toBe('cannot tell here');
  });
});
