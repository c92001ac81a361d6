import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import type { Figures } from '../../statistics/figures.js';
import { claims, kinds, type RebalanceKey } from './claims.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<RebalanceKey>;
const stateless = { ...none, customers: 60, podsAfter: 4, watched: 70_000, hottest: 102, even: 0 };
const handoff = { ...stateless, hottest: 112, even: 23_000, hottestWithout: 200, evenWithout: null };
const rule = ruleOf(claims, 18);

describe('the rule of claim 18', () => {
  it('holds when the load was even within a minute, and nobody noticed', () => {
    expect(rule({ stateless, handoff })).toEqual({
      ruling: 'holds',
      because:
        'the hottest pod of handoff had at most 120 % of the average load after 23 s, and had 112 % of the average at the end ' +
        '(stateless: had at most 120 % of the average load at once, and had 102 % of the average at the end); ' +
        '0 of its sessions were lost and 0 requests failed.',
    });
  });

  it.each([
    ['it took longer', { even: 61_000 }],
    ['it never was even', { even: null, hottest: 180 }],
    ['a session was lost', { lost: 1 }],
    ['a request failed', { failed: 1 }],
    ['two pods had a session', { contradicted: 1 }],
  ])('does not hold when %s', (_, change) => {
    expect(rule({ stateless, handoff: { ...handoff, ...change } }).ruling).toBe('does not hold');
  });

  it('cannot tell with a few customers, in a short time, nor without both modes', () => {
    expect(rule({ stateless, handoff: { ...handoff, customers: 15 } }).ruling).toBe('cannot tell here');
    const short = { ...handoff, even: null, watched: 15_000 };
    expect(rule({ stateless, handoff: short })).toMatchObject({ ruling: 'cannot tell here', because: expect.stringMatching(/not watched/) }); // prettier-ignore
    expect(rule({ stateless, handoff: { ...short, lost: 1 } }).ruling).toBe('does not hold');
    expect(rule({ handoff }).ruling).toBe('cannot tell here');
    expect(rule({ stateless, handoff: { ...handoff, hottest: null } }).ruling).toBe('cannot tell here');
  });
});
