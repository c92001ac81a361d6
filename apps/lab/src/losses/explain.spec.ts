import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../http/outcome.js';
import { modes } from '../bank/modes.js';
import { causeOfFailure, causeOfLoss } from './explain.js';

describe('causeOfLoss', () => {
  it.each([
    ['sticky', 'session-owner-gone', 'died', 'owner-died'],
    ['handoff', 'session-owner-gone', 'died', 'owner-died'],
    ['sticky', 'session-owner-gone', 'stopped', 'drained-without-handoff'],
    ['unpinned', 'session-misrouted', undefined, 'misrouted'],
    ['sticky', 'session-misrouted', 'died', 'owner-died'],
    ['shared', 'session-expired', undefined, 'expired'],
  ] as const)('%s: %s of a boot that is %s is booked under %s', (mode, reported, end, cause) => {
    expect(causeOfLoss(modes[mode].mayLose, reported, end)).toBe(cause);
  });

  it.each([
    ['a handoff that was lost', 'handoff', 'session-owner-gone', 'stopped'],
    ['a handoff that did not come in time', 'handoff', 'session-misrouted', 'stopped'],
    ['an owner that nobody saw go', 'sticky', 'session-owner-gone', undefined],
    ['a session of Redis that goes with a pod', 'shared', 'session-owner-gone', 'died'],
    ['a session of Redis that another pod does not see', 'shared', 'session-misrouted', undefined],
    ['a session that needs no pod', 'stateless', 'session-owner-gone', 'died'],
    ['a good token that is refused', 'stateless', 'token-invalid', undefined],
    ['a sign-out that nobody asked for', 'sticky', 'session-signed-out', undefined],
  ] as const)('nothing explains %s', (_, mode, reported, end) => {
    expect(causeOfLoss(modes[mode].mayLose, reported, end)).toBe('unexplained');
  });
});

describe('causeOfFailure', () => {
  const unknown = (why: string): Outcome => ({ kind: 'unknown', why });
  const refused = (problem: string): Outcome => ({ kind: 'refused', problem, again: true });
  const servedBy = { pod: 'p', bootId: 'b' };

  it.each([
    ['no answer in time', unknown('UND_ERR_HEADERS_TIMEOUT'), undefined, undefined, 'timed-out'],
    ['no answer in time at the front door', unknown('gateway-timeout'), 504, undefined, 'timed-out'],
    ['a connection that broke', unknown('ECONNRESET'), undefined, undefined, 'gateway-error'],
    ['a front door without a pod', refused('no-ready-pod'), 503, undefined, 'gateway-error'],
    ['a pod that drains', refused('pod-draining'), 503, servedBy, 'refused'],
    ['a pod that cannot tell', unknown('outcome-unknown'), 503, servedBy, 'refused'],
    ['a fault of a service', refused('internal-error'), 500, servedBy, 'unexplained'],
    ['what is refused by right', refused('insufficient-funds'), 422, servedBy, undefined],
    ['what is done', { kind: 'ok' } as const, 200, servedBy, undefined],
  ] as const)('%s', (_, outcome, status, by, cause) => {
    expect(causeOfFailure({ outcome, status, servedBy: by })).toBe(cause);
  });
});
