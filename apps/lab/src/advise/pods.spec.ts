import { describe, expect, it } from '@jest/globals';
import { podsFor } from './pods.js';

const mebibyte = 2 ** 20;
const idle = { requestCores: 0.01, atRestCores: 0, emptyPodBytes: 100 * mebibyte, users: 10, heldBytes: 0 };

describe('pods', () => {
  it('are two small ones at least', () => {
    expect(podsFor(idle)).toEqual({ count: 2, cores: 0.25, memoryBytes: 192 * mebibyte });
  });

  it('leave three tenths of their CPU free', () => {
    const { count, cores } = podsFor({ ...idle, requestCores: 7 });
    expect(count * cores * 0.7).toBeGreaterThanOrEqual(7);
    expect((count - 1) * cores * 0.7).toBeLessThan(7);
  });

  it('are fewer and larger where each takes much although nobody asks it', () => {
    const { count, cores } = podsFor({ ...idle, requestCores: 7, atRestCores: 0.18 });
    expect(cores).toBe(1);
    expect(count * (0.7 - 0.18)).toBeGreaterThanOrEqual(7);
  });

  it('have room for the sessions that each holds', () => {
    const { memoryBytes } = podsFor({ ...idle, users: 20_000, heldBytes: 10_240 });
    expect(memoryBytes).toBeGreaterThanOrEqual((100 * mebibyte + 10_000 * 10_240) * 1.3);
  });

  it('hold at most a hundred thousand sessions each', () => {
    expect(podsFor({ ...idle, users: 1_000_000, heldBytes: 800 }).count).toBe(10);
    expect(podsFor({ ...idle, users: 1_000_000 }).count).toBe(2);
  });
});
