import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { LossRow } from '../../losses/loss-ledger.js';
import type { Crowd } from '../../bank/crowd/crowd.js';
import { modeNames, type ModeName } from '../../bank/modes.js';
import { comesAnyway, LossCount, modesTouchedBy, newSince, tally, without } from './loss-count.js';

const row = (mode: LossRow<ModeName>['mode']): LossRow<ModeName> => ({
  mode,
  cause: 'owner-died',
  sessions: 1,
  requests: 0,
});

describe('what customers lost by something that was done', () => {
  it('is in the mode of the pods that it was done to', () => {
    expect(modesTouchedBy('session-sticky')).toEqual(['sticky']);
    expect(modesTouchedBy('account')).toEqual(['stateless']);
  });

  it('may be in any mode, where all of them use it', () => {
    expect(modesTouchedBy('redis')).toEqual(modeNames);
    expect(modesTouchedBy('auth')).toEqual(modeNames);
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

  it('is counted for as long as somebody has not come back, and stays as it was then', async () => {
    let [sessions, awaited] = [0, 2];
    const crowd = {
      get lossRows() {
        return [{ ...row('sticky'), sessions }];
      },
      lossesBefore: { rows: [], agoMs: 0 },
      awaitedIn: () => awaited,
    } as unknown as Crowd;
    const count = new LossCount(crowd, 'session-sticky');
    let isOver = false;
    const ended = count.end().then(() => (isOver = true));
    sessions = 1;
    // Longer than a count in which nothing is awaited would go on.
    await sleep(3_500);
    expect(count.now).toMatchObject({ lost: { sticky: { 'owner-died': 1 } }, awaited: 2, isCounted: false });
    expect(isOver).toBe(false);
    [sessions, awaited] = [3, 0];
    await ended;
    sessions = 9;
    expect(count.now).toMatchObject({ lost: { sticky: { 'owner-died': 3 } }, awaited: 0, isCounted: true });
  });

  it('is nothing where the lab sends no customers', async () => {
    const count = new LossCount(undefined, 'redis');
    await count.end();
    expect(count.now).toEqual({ watchedMs: 0, lost: {}, failed: {}, awaited: 0, isCounted: true });
  });
});
