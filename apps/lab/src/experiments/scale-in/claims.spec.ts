import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type ScaleInKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<ScaleInKey>;
const sticky = { ...none, inPod: 12, lost: 12, ownerGone: 12 };
const rule = ruleOf(claims, 4);

describe('the rule of scale-in', () => {
  it('holds when a sticky pod takes its sessions with it, and nobody notices a stateless one', () => {
    expect(rule({ stateless: none, sticky, handoff: { ...none, inPod: 11 } })).toEqual({
      ruling: 'holds',
      because:
        'sticky lost 12 sessions (12 lived in the pod that went) and failed 0 requests, stateless lost 0 sessions and failed 0 requests; handoff lost 0 of 11.',
    });
    expect(rule({ stateless: none, sticky: { ...sticky, lost: 0, failed: 3 } }).ruling).toBe('holds');
  });

  it('does not hold when nobody notices the sticky pod either, or the stateless one as much', () => {
    expect(rule({ stateless: none, sticky: { ...sticky, lost: 0 } }).ruling).toBe('does not hold');
    expect(rule({ stateless: { ...none, failed: 20 }, sticky }).ruling).toBe('does not hold');
  });

  it('cannot tell when stateless failed some, no session was in the pod, or one is missing', () => {
    expect(rule({ stateless: { ...none, failed: 2 }, sticky }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: none, sticky: { ...sticky, inPod: 0 } }).ruling).toBe('cannot tell here');
    expect(rule({ sticky }).ruling).toBe('cannot tell here');
  });
});
