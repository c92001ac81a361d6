import { describe, expect, it } from '@jest/globals';
import { SessionTimeline } from './session-timeline.js';

describe('SessionTimeline', () => {
  it('keeps how many were open at the end of each second, also of those in which nothing happened', () => {
    const timeline = new SessionTimeline();
    timeline.counted(1, 1_100);
    timeline.counted(2, 1_900);
    timeline.counted(1, 4_000);
    expect(timeline.openSeries(6)).toEqual([0, 2, 2, 2, 1, 1]);
  });

  it('adds up what was lost, cause by cause', () => {
    const timeline = new SessionTimeline();
    for (const ms of [1_000, 1_500, 3_000]) timeline.lost('owner-gone', ms);
    timeline.lost('expired', 2_000);
    expect(timeline.causes()).toEqual(['expired', 'owner-gone']);
    expect(timeline.lostSeries('owner-gone', 4)).toEqual([0, 2, 2, 3]);
    expect(timeline.lostSeries('expired', 4)).toEqual([0, 0, 1, 1]);
  });

  it('does not grow for ever', () => {
    const timeline = new SessionTimeline(2);
    for (const second of [0, 1, 2]) timeline.counted(second + 1, second * 1_000);
    expect(timeline.openSeries(3)).toEqual([0, 2, 3]);
  });
});
