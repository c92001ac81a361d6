import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type SignOutKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, null])) as Figures<SignOutKey>;
const stateless = { ...none, other: 299, token: 299 };
const sticky = { ...none, seen: 0, other: 0, token: 299 };
const rule = ruleOf(claims, 12);

describe('the rule of sign-out', () => {
  it('holds when the token works on for long, and no cookie does', () => {
    expect(rule({ stateless, sticky, shared: sticky })).toEqual({
      ruling: 'holds',
      because:
        'a stolen token worked for 299 s after the sign-out, a stolen cookie for 0 s at most (sticky); with a stolen token a new session could be opened for 299 s.',
    });
  });

  it('does not hold when the token ends at once too, or a cookie works as long', () => {
    expect(rule({ stateless: { ...stateless, other: 1 }, sticky }).ruling).toBe('does not hold');
    expect(rule({ stateless, sticky: { ...sticky, other: 299 } }).ruling).toBe('does not hold');
    expect(rule({ stateless, sticky: { ...sticky, seen: 400 } }).ruling).toBe('does not hold');
  });

  it('cannot tell between, or when a pod was never asked', () => {
    expect(rule({ stateless: { ...stateless, other: 5 }, sticky }).ruling).toBe('cannot tell here');
    expect(rule({ stateless, sticky: { ...sticky, seen: 4 } }).ruling).toBe('cannot tell here');
    expect(rule({ stateless, sticky: { ...sticky, other: null } }).ruling).toBe('cannot tell here');
    expect(rule({ sticky }).ruling).toBe('cannot tell here');
  });
});
