import { describe, expect, it } from '@jest/globals';
import { TimeLeft } from './time-left.js';

const expectations = [
  { name: 'short', measurements: 4, secondsEach: 5 },
  { name: 'long', measurements: 2, secondsEach: 30 },
];

describe('TimeLeft', () => {
  it('believes the experiments at first', () => {
    expect(new TimeLeft(expectations).seconds).toBe(80);
  });

  it('believes its eyes afterwards, and for the others more and more', () => {
    const left = new TimeLeft(expectations);
    left.measured('short', 8);
    left.measured('short', 12);
    const forTheOthers = (20 + 8) / (10 + 8);
    expect(left.seconds).toBeCloseTo(2 * 10 + 2 * 30 * forTheOthers);
    for (let times = 0; times < 18; times++) left.measured('short', 10);
    expect(left.seconds).toBeCloseTo(2 * 30 * 1.926);
  });

  it('expects nothing more of an experiment that has ended early', () => {
    const left = new TimeLeft(expectations);
    left.measured('short', 5);
    left.done('short');
    expect(left.seconds).toBe(60);
  });

  it('is never below nothing', () => {
    const left = new TimeLeft(expectations.slice(0, 1));
    for (let times = 0; times < 5; times++) left.measured('short', 1);
    expect(left.seconds).toBe(0);
  });
});
