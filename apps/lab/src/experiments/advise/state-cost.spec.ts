import { expect, it } from '@jest/globals';
import { stateCost } from './state-cost.js';

it('tells what a KiB of state costs to read and to write, in microseconds', () => {
  const { readKib, writeKib } = stateCost();
  // Neither nothing nor a millisecond on any machine that runs this.
  for (const us of [readKib, writeKib]) {
    expect(us).toBeGreaterThan(0.1);
    expect(us).toBeLessThan(1_000);
  }
});
