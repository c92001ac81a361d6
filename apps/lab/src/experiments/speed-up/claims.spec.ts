import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../rules.js';
import { claims } from './claims.js';

const rule = ruleOf(claims, 5);
const stateless = {
  knee1: 100,
  worse1: 98,
  knee2: 200,
  knee3: 297,
  knee4: 392,
  ideal2: 100,
  ideal3: 99,
  ideal4: 98,
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

  it('does not hold when they bear less, however few do well', () => {
    expect(rule({ stateless: { ...stateless, ideal4: 90 } }).ruling).toBe('does not hold');
  });

  it('cannot tell when they bear enough by one of two climbs of one pod, and too little by the other', () => {
    expect(rule({ stateless: { ...stateless, ideal4: 80, worse1: 80 } })).toEqual({
      ruling: 'cannot tell here',
      because:
        '4 stateless pods bore 80 % of 4 times one pod, and 100 % of it as one pod bore it when it climbed again.',
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
