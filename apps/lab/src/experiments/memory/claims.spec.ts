import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type MemoryKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, null])) as Figures<MemoryKey>;
const growing = (kept: number | null, keptError: number | null, max: number | null = null) => ({
  ...none,
  kept,
  keptError,
  max,
});
const rule = ruleOf(claims, 3);

describe('the rule of memory', () => {
  it('holds when a sticky pod grows with its sessions, and a stateless one not with its requests', () => {
    expect(rule({ stateless: growing(3, 1), sticky: growing(500, 40, 100_000) })).toEqual({
      ruling: 'holds',
      because:
        'a sticky pod keeps 500 ± 40 bytes a session, a stateless one 3 ± 1 bytes a request; a sticky pod takes 100000 sessions and then no more.',
    });
  });

  it('does not hold when a sticky pod certainly grows no more than a stateless one', () => {
    expect(rule({ stateless: growing(80, 5), sticky: growing(20, 5) }).ruling).toBe('does not hold');
    expect(rule({ stateless: growing(-5, 1), sticky: growing(-30, 5) }).ruling).toBe('does not hold');
  });

  it('cannot tell slopes apart that may be the same', () => {
    expect(rule({ stateless: growing(3, 1), sticky: growing(60, 40) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: growing(400, 60), sticky: growing(500, 40) }).ruling).toBe('cannot tell here');
  });

  it('cannot tell without both, or from two points', () => {
    expect(rule({ sticky: growing(500, 40) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: growing(3, 1), sticky: growing(500, null) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: growing(null, null), sticky: growing(500, 1) }).ruling).toBe('cannot tell here');
  });
});
