import { describe, expect, it } from '@jest/globals';
import type { LossRow } from '../../losses/loss-ledger.js';
import { comesAnyway, lossesOf, newSince, tally, without } from './action-runner.js';
import type { ModeName } from '../../bank/modes.js';

const row = (mode: LossRow<ModeName>['mode']): LossRow<ModeName> => ({
  mode,
  cause: 'owner-died',
  sessions: 1,
  requests: 0,
});
const rows = [row('stateless'), row('sticky'), row('shared')];

describe('what customers lost by something that was done', () => {
  it('is in the mode of the pods that it was done to', () => {
    expect(lossesOf('session-sticky', rows)).toEqual([row('sticky')]);
    expect(lossesOf('account', rows)).toEqual([row('stateless')]);
  });

  it('may be in any mode, where all of them use it', () => {
    expect(lossesOf('redis', rows)).toEqual(rows);
    expect(lossesOf('auth', rows)).toEqual(rows);
  });

  it('leaves out what is lost anyway, at the rate of before', () => {
    const lost = { unpinned: { misrouted: 178, 'drained-without-handoff': 4 } };
    const standing = { lost: { unpinned: { misrouted: 85 }, sticky: { expired: 1 } }, failed: { sticky: 3 } };
    expect(without({ lost, failed: { sticky: 7, shared: 1 } }, standing, 2)).toEqual({
      lost: { unpinned: { misrouted: 8, 'drained-without-handoff': 4 } },
      failed: { sticky: 1, shared: 1 },
    });
    expect(without({ lost, failed: {} }, standing, 0).lost).toEqual(lost);
  });

  it('is all that a pod took with it, although another took some a moment ago', () => {
    const earlier = [{ ...row('sticky'), sessions: 9 }];
    const misrouted: LossRow<ModeName> = { ...row('sticky'), cause: 'misrouted', sessions: 2 };
    const now = [{ ...row('sticky'), sessions: 14 }, misrouted];
    const standing = newSince(tally([]), tally(earlier.filter(comesAnyway)));
    expect(without(newSince(tally(earlier), tally(now)), standing, 1).lost).toEqual({
      sticky: { 'owner-died': 5, misrouted: 2 },
    });
  });
});
