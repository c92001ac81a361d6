import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims } from './claims.js';

const shaped = (percent: number) => ({
  asked: 100,
  shapedReplies: percent,
  shaped: percent,
  unknown: 0,
  lookRequests: 1,
  lookSent: 1,
  lookKept: 1,
});
const rule = ruleOf(claims, 1);

describe('the rule of personalisation', () => {
  it('holds when the past shapes replies in sticky and none in stateless', () => {
    expect(rule({ stateless: shaped(0), sticky: shaped(75) }).ruling).toBe('holds');
  });

  it('does not hold when it shapes no more of them than in stateless', () => {
    expect(rule({ stateless: shaped(0), sticky: shaped(0) }).ruling).toBe('does not hold');
    expect(rule({ stateless: shaped(75), sticky: shaped(50) }).ruling).toBe('does not hold');
  });

  it('cannot tell when both are shaped, or when one style was not measured', () => {
    expect(rule({ stateless: shaped(10), sticky: shaped(75) }).ruling).toBe('cannot tell here');
    const inOneRound = { ...shaped(0), shapedReplies: 1 };
    expect(rule({ stateless: inOneRound, sticky: shaped(75) }).ruling).toBe('cannot tell here');
    expect(rule({ sticky: shaped(75) }).ruling).toBe('cannot tell here');
  });
});
