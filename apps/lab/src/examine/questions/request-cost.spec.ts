import { describe, expect, it } from '@jest/globals';
import { cpuIn, type AskedPart } from './request-cost.js';

const part = (requests: number, askedCpuSeconds: number, restCpuSeconds = 0.02): AskedPart => ({
  requests,
  askedSeconds: 4,
  askedCpuSeconds,
  restSeconds: 2,
  restCpuSeconds,
});

describe('the CPU of a request', () => {
  it('is what a replica uses beyond its rest, shared by the requests', () => {
    const { cpu, cpuError, atRest } = cpuIn([part(1_000, 2.04), part(1_000, 2.04)]);
    expect([cpu, cpuError]).toEqual([expect.closeTo(2_000), expect.closeTo(0)]);
    expect(atRest).toBeCloseTo(1);
  });

  it('is as sure as its parts agree', () => {
    const { cpu, cpuError } = cpuIn([part(100, 0.14), part(100, 0.34)]);
    expect(cpu).toBeCloseTo(2_000);
    expect(cpuError).toBeCloseTo(1_000);
  });

  it('is not told of one part, or where nothing could be sent', () => {
    expect(cpuIn([part(100, 1)]).cpu).toBeNull();
    expect(cpuIn([part(100, 1), part(0, 0)]).cpu).toBeNull();
  });
});
