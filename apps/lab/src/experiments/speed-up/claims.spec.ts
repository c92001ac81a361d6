import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims } from './claims.js';

const rule = ruleOf(claims, 5);
const stateless = {
  saturation1: 100,
  saturation2: 200,
  saturation3: 297,
  saturation4: 392,
  ideal2: 100,
  ideal3: 99,
  ideal4: 98,
  minIdeal: 94,
  maxIdeal: 102,
  machine: 60,
  requests: 5_000,
  failed: 0,
  lost: 0,
};

describe('the rule of speed-up', () => {
  it('holds when the most pods bear 0.95 of the ideal', () => {
    expect(rule({ stateless })).toEqual({
      ruling: 'holds',
      because: '4 stateless pods bore 98 % of 4 times one pod.',
    });
    expect(rule({ stateless: { ...stateless, ideal4: null, ideal3: null } }).because).toContain('2 stateless pods');
  });

  it('does not hold when they bear less by every climb, however few do well', () => {
    const less = { ...stateless, ideal4: 90, minIdeal: 88, maxIdeal: 94 };
    expect(rule({ stateless: less }).ruling).toBe('does not hold');
    expect(rule({ stateless: { ...less, minIdeal: null, maxIdeal: null } }).ruling).toBe('does not hold');
  });

  it('cannot tell when they bear less, but enough by one of their climbs', () => {
    expect(rule({ stateless: { ...stateless, ideal4: 90, minIdeal: 80, maxIdeal: 100 } })).toEqual({
      ruling: 'cannot tell here',
      because: '4 stateless pods bore 90 % of 4 times one pod: between 80 and 100 %, as far as their climbs tell.',
    });
  });

  it('cannot tell when the machine was full, or only one pod was measured', () => {
    expect(rule({ stateless: { ...stateless, ideal4: 70, machine: 97 } }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: { ...stateless, ideal2: null, ideal3: null, ideal4: null } }).ruling).toBe(
      'cannot tell here',
    );
    expect(rule({}).ruling).toBe('cannot tell here');
  });
});
