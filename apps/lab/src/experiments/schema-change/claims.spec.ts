import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims } from './claims.js';

const rule = ruleOf(claims, 15);
const good = { sessions: 8, toNew: 8, toOld: 9, looks: 40, misread: 0, lost: 0, confirmed: 8, requests: 90, failed: 0 };

describe('the rule of schema-change', () => {
  it('holds when sessions went both ways and nothing was lost or misread', () => {
    expect(rule({ handoff: good, shared: good })).toEqual({
      ruling: 'holds',
      because:
        'handoff: 8 times to a new pod, 9 times back; shared: 8 times to a new pod, 9 times back; none lost, none misread.',
    });
  });

  it.each([
    ['a session was lost', { lost: 1 }],
    ['one was misread', { misread: 1 }],
    ['a transfer did not go on', { confirmed: 7 }],
  ])('does not hold when %s', (_, change) => {
    expect(rule({ handoff: good, shared: { ...good, ...change } }).ruling).toBe('does not hold');
  });

  it('cannot tell when none went one of the ways, or no such mode is there', () => {
    expect(rule({ handoff: { ...good, toOld: 0 } }).ruling).toBe('cannot tell here');
    expect(rule({ handoff: { ...good, toNew: null } }).ruling).toBe('cannot tell here');
    expect(rule({}).ruling).toBe('cannot tell here');
  });
});
