import { describe, expect, it } from '@jest/globals';
import { Latencies } from './latency.js';
import { Recent } from './recent.js';
import { Timeline } from './timeline.js';

describe('Recent', () => {
  it('tells of the seconds that are over, not of the one that is filling', () => {
    const recent = new Recent(2);
    for (const ms of [1_000, 1_500, 2_100, 3_050]) recent.add(ms, 10);
    expect(recent.at(3_900).perSecond).toBe(1.5);
  });

  it('forgets what is older', () => {
    const recent = new Recent(2);
    recent.add(1_000, 500);
    recent.add(4_000, 10);
    const { perSecond, latencies } = recent.at(5_999);
    expect(perSecond).toBe(0.5);
    expect(latencies.percentileMs(99)).toBeCloseTo(10, 1);
  });

  it('counts a request without an answer, but no latency', () => {
    const recent = new Recent(1);
    recent.add(1_000, undefined);
    expect(recent.at(2_000).perSecond).toBe(1);
    expect(recent.at(2_000).latencies.percentileMs(50)).toBeUndefined();
  });
});

describe('Latencies', () => {
  it('keeps three digits of any percentile', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1_000; ms++) latencies.record(ms);
    expect(latencies.percentileMs(50)).toBeCloseTo(500, -1);
    expect(latencies.percentileMs(99)).toBeCloseTo(990, -1);
    expect(latencies.percentileMs(99)! / 990).toBeCloseTo(1, 2);
  });
});

describe('Timeline', () => {
  it('keeps a line per pod, with zeros where it answered nothing', () => {
    const timeline = new Timeline();
    timeline.add('b', 100);
    timeline.add('a', 2_100);
    timeline.add('a', 2_900);
    expect(timeline.names()).toEqual(['a', 'b']);
    expect(timeline.series('a', 0, 4)).toEqual([0, 0, 2, 0]);
  });

  it('does not grow for ever', () => {
    const timeline = new Timeline(2);
    for (const ms of [0, 1_000, 2_000]) timeline.add('a', ms);
    expect(timeline.series('a', 0, 3)).toEqual([0, 1, 1]);
  });
});
