import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type AmnesiaKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const quiet = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<AmnesiaKey>;
const sticky = { ...quiet, lived: 4, livedLost: 4, ownerGone: 4 };
const asClaimed = { stateless: quiet, sticky, shared: { ...quiet, lived: 3 } };
const rule = ruleOf(claims, 9);

describe('the rule of amnesia', () => {
  it('holds when sticky alone loses, exactly the sessions of the killed pod, and names the cause', () => {
    expect(rule(asClaimed).ruling).toBe('holds');
  });

  it.each([
    ['a session survived the kill', { sticky: { ...sticky, livedLost: 3 } }],
    ['sticky lost a session elsewhere', { sticky: { ...sticky, lostElsewhere: 1, ownerGone: 5 } }],
    ['sticky lost a session before anything was killed', { sticky: { ...sticky, lostBefore: 1 } }],
    ['a cause was not named', { sticky: { ...sticky, ownerGone: 3, otherCause: 1 } }],
    ['stateless lost one', { stateless: { ...quiet, livedLost: 1 } }],
    ['shared lost one', { shared: { ...quiet, lostElsewhere: 1 } }],
    ['a mode lost money', { handoff: { ...quiet, moneyLost: 5 } }],
    ['an invariant broke', { unpinned: { ...quiet, auditBreaches: 1 } }],
  ])('does not hold when %s', (_, change) => {
    expect(rule({ ...asClaimed, ...change }).ruling).toBe('does not hold');
  });

  it('cannot tell when no session was in the pod, or a style is missing', () => {
    expect(rule({ ...asClaimed, sticky: quiet }).ruling).toBe('cannot tell here');
    expect(rule({ sticky }).ruling).toBe('cannot tell here');
  });
});
