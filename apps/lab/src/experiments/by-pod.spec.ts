import { describe, expect, it } from '@jest/globals';
import { hotAndCold, p99, type Answered } from './by-pod.js';

const answered = (pod: string, latencyMs: number): Answered => ({ pod, endedAt: 0, latencyMs });

describe('hotAndCold', () => {
  it('compares the pod with the most load with the average', () => {
    const all = [answered('a', 100), answered('a', 100), answered('a', 100), answered('b', 5)];
    const found = hotAndCold(all, ['a', 'b']);
    expect(found.hottestLoad).toBe(150);
    expect(found.p99Hottest).toBeCloseTo(100, 0);
    expect(found.p99Coldest).toBeCloseTo(5, 0);
    expect(found.p99All).toBeCloseTo(100, 0);
  });

  it('counts a pod that answered nothing', () => {
    expect(hotAndCold([answered('a', 1)], ['a', 'new'])).toMatchObject({ hottestLoad: 200, p99Coldest: null });
  });

  it('leaves out pods that are not asked about, and is null without load', () => {
    expect(hotAndCold([answered('gone', 1)], ['a', 'b']).hottestLoad).toBeNull();
    expect(p99([])).toBeNull();
  });
});
