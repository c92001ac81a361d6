import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type ColdPodKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<ColdPodKey>;
const stateless = { ...none, hottestLoad: 101, cpuHottest: 52, cpuAverage: 50 };
const sticky = { ...none, hottestLoad: 200, cpuHottest: 98, cpuAverage: 51 };
const rule = ruleOf(claims, 17);

describe('the rule of cold-pod', () => {
  it('holds when only sticky sessions keep a pod hot', () => {
    expect(rule({ stateless, sticky })).toEqual({
      ruling: 'holds',
      because:
        'after a second pod came, the hottest had 200 % of the average load (CPU 98 % of its limit, 51 % on average) ' +
        'with sticky sessions, and 101 % of the average load (CPU 52 % of its limit, 50 % on average) without.',
    });
  });

  it('does not hold when sticky sessions spread, too, or stateless requests do not', () => {
    expect(rule({ stateless, sticky: { ...sticky, hottestLoad: 110 } }).ruling).toBe('does not hold');
    expect(rule({ stateless: { ...stateless, hottestLoad: 190 }, sticky }).ruling).toBe('does not hold');
  });

  it('cannot tell between, or without both', () => {
    expect(rule({ stateless, sticky: { ...sticky, hottestLoad: 140 } }).ruling).toBe('cannot tell here');
    expect(rule({ stateless, sticky: { ...sticky, hottestLoad: null } }).ruling).toBe('cannot tell here');
    expect(rule({ stateless }).ruling).toBe('cannot tell here');
  });

  it('does without CPU where it is not limited', () => {
    const unlimited = { cpuHottest: null, cpuAverage: null };
    expect(rule({ stateless: { ...stateless, ...unlimited }, sticky: { ...sticky, ...unlimited } }).because).toBe(
      'after a second pod came, the hottest had 200 % of the average load with sticky sessions, and 101 % of the average load without.',
    );
  });
});
