import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims } from './claims.js';

const rule = ruleOf(claims, 16);
const sticky = {
  noneMisrouted: 45,
  noneBusiest: 101,
  manyMisrouted: 0,
  manyBusiest: 117,
  oneMisrouted: 0,
  oneBusiest: 200,
  cookieMisrouted: 0,
  cookieBusiest: 104,
  pods: 2,
  requests: 800,
  failed: 0,
  lost: 90,
};

describe('the rule of affinity', () => {
  it('holds when a cookie spreads and loses nobody, and the others do not', () => {
    expect(rule({ sticky })).toEqual({
      ruling: 'holds',
      because:
        'misrouted: 0 % by cookie, 45 % by nothing; busiest pod: 104 % of the average by cookie, 200 % by the one address of all.',
    });
  });

  it.each([
    ['requests with a cookie are misrouted', { cookieMisrouted: 1 }],
    ['a cookie does not spread', { cookieBusiest: 160 }],
    ['nothing is misrouted without', { noneMisrouted: 0 }],
    ['one address does not fill a pod', { oneBusiest: 110 }],
  ])('does not hold when %s', (_, change) => {
    expect(rule({ sticky: { ...sticky, ...change } }).ruling).toBe('does not hold');
  });

  it('cannot tell where the front door does nothing else, or without sticky', () => {
    const asMade = { ...sticky, noneMisrouted: null, manyMisrouted: null, oneMisrouted: null, oneBusiest: null };
    expect(rule({ sticky: asMade }).ruling).toBe('cannot tell here');
    expect(rule({ sticky: asMade, unpinned: { ...asMade, noneMisrouted: 44 } }).ruling).toBe('cannot tell here');
    expect(rule({}).ruling).toBe('cannot tell here');
  });
});
