import { describe, expect, it } from '@jest/globals';
import { countLosses } from './losses.js';
import type { SessionEnd } from '../../load/observer.js';
import type { CustomerSession } from '../../bank/observer.js';

const session = (bootId: string, end?: SessionEnd): CustomerSession => ({
  mode: 'sticky',
  home: { pod: 'p', bootId },
  end,
});
const lost = (cause: string): SessionEnd => ({ how: 'lost', cause, unfinished: undefined });
const signedOutBy = (bootId: string): SessionEnd => ({ how: 'signed-out', servedBy: { pod: 'p', bootId } });

describe('countLosses', () => {
  it('finds the sessions of the killed pod and those of them that were lost', () => {
    const taken = session('dead', lost('session-owner-gone'));
    const moved = session('alive', signedOutBy('alive'));
    const losses = countLosses({ bootId: 'dead', inPod: [taken, moved], before: [], after: [taken, moved] });
    expect(losses).toMatchObject({ lived: 2, livedLost: 1, lostElsewhere: 0, ownerGone: 1 });
  });

  it('leaves out a session that the pod itself had closed before it died', () => {
    const closed = session('dead', signedOutBy('dead'));
    expect(countLosses({ bootId: 'dead', inPod: [closed], before: [], after: [closed] }).lived).toBe(0);
  });

  it('counts a session that was opened there while the kill was on its way', () => {
    const late = session('dead', lost('session-owner-gone'));
    expect(countLosses({ bootId: 'dead', inPod: [], before: [], after: [late] })).toMatchObject({
      lived: 1,
      livedLost: 1,
    });
  });

  it('keeps losses elsewhere and before the kill apart, each with its cause', () => {
    const losses = countLosses({
      bootId: 'dead',
      inPod: [],
      before: [session('alive', lost('session-misrouted'))],
      after: [session('alive', lost('session-misrouted')), session('alive', lost('session-expired'))],
    });
    expect(losses).toMatchObject({ lived: 0, lostElsewhere: 2, lostBefore: 1, misrouted: 1, otherCause: 1 });
  });
});
