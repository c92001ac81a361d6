import { describe, expect, it } from '@jest/globals';
import { cpuLine, cpuUsAt } from './cpu-line.js';

const few = { requestsPerSecond: 50, cpuUsPerSecond: 40_000 };

describe('the line of CPU over requests', () => {
  it('goes through both loads, and tells what lies between and at rest', () => {
    const many = { requestsPerSecond: 450, cpuUsPerSecond: 240_000 };
    const line = cpuLine(few, many);
    expect(line).toEqual({ atRestUs: 15_000, requestUs: 500 });
    expect(cpuUsAt(line, 450)).toBe(240_000);
    expect(cpuUsAt(line, 150)).toBe(90_000);
  });

  it('goes through the origin where noise would bend it below nothing', () => {
    expect(cpuLine(few, { requestsPerSecond: 450, cpuUsPerSecond: 450_000 })).toEqual({
      atRestUs: 0,
      requestUs: 1_000,
    });
    expect(cpuLine(few, { requestsPerSecond: 450, cpuUsPerSecond: 36_000 })).toEqual({ atRestUs: 0, requestUs: 80 });
  });
});
