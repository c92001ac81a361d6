import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type WizardKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<WizardKey>;
const stateless = { ...none, completed: 9, requests: 3, sent: 3_000, prepared: 7, carried: 5, carriedBytes: 2_000 };
const sticky = {
  ...none,
  completed: 9,
  requests: 4,
  sent: 1_500,
  prepared: 4,
  carried: 8,
  carriedBytes: 600,
  clientAfterPayee: 100,
  clientAfterAmount: 100,
};

describe('the rules of wizard', () => {
  it('call the stateful style easier when its client prepares and carries less and can go on', () => {
    expect(ruleOf(claims, 2)({ stateless, sticky }).ruling).toBe('holds');
  });

  it('do not when none of it is so, and cannot tell when the signs disagree', () => {
    const clumsy = { ...sticky, prepared: 9, carriedBytes: 5_000, clientAfterPayee: 0, clientAfterAmount: 0 };
    expect(ruleOf(claims, 2)({ stateless, sticky: clumsy }).ruling).toBe('does not hold');
    expect(ruleOf(claims, 2)({ stateless, sticky: { ...sticky, prepared: 9 } }).ruling).toBe('cannot tell here');
  });

  it('call a stateless request more complex when it has more fields and bytes than a sticky one', () => {
    expect(ruleOf(claims, 8)({ stateless, sticky }).ruling).toBe('holds');
    expect(ruleOf(claims, 8)({ stateless: sticky, sticky: stateless }).ruling).toBe('does not hold');
    expect(ruleOf(claims, 8)({ stateless, sticky: { ...sticky, sent: 9_000 } }).ruling).toBe('cannot tell here');
  });

  it('cannot tell without transfers in both styles', () => {
    for (const { rule } of claims) expect(rule({ stateless, sticky: none }).ruling).toBe('cannot tell here');
  });
});
