import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../repository.js';
import { minMemoryBytes } from './cost.js';
import { podCores, podsFor, type Budget, type PodCount, type PodNeed } from './pods.js';

const mebibyte = 2 ** 20;
const idle = {
  requestCores: 0.01,
  atRestCores: 0,
  emptyPodBytes: 100 * mebibyte,
  users: 10,
  heldBytes: 0,
  minMemoryBytes: 0,
};
const sized = (need: PodNeed, budget: Budget = {}): PodCount => podsFor(need, 0.2, budget);

describe('pods', () => {
  it('are two small ones at least', () => {
    expect(sized(idle)).toEqual({ count: 2, cores: 0.05, memoryBytes: 192 * mebibyte });
  });

  it('are no smaller than what the chart promises a pod, in which the bank runs', () => {
    const values = parse(readFileSync(join(repositoryRoot, 'helm/tellers/values.yaml'), 'utf8')) as Record<
      'account' | 'session',
      { resources: { requests: { cpu: string; memory: string } } }
    >;
    const [account, session] = [values.account, values.session].map(({ resources }) => resources.requests);
    expect([account?.cpu, session?.cpu]).toEqual(Array.from({ length: 2 }, () => `${podCores[0] * 1_000}m`));
    expect(account?.memory).toBe(`${minMemoryBytes.stateless / mebibyte}Mi`);
    expect(session?.memory).toBe(`${minMemoryBytes.stateful / mebibyte}Mi`);
    expect(sized({ ...idle, emptyPodBytes: 1, minMemoryBytes: 128 * mebibyte }).memoryBytes).toBe(128 * mebibyte);
  });

  it('are of the smallest size that costs no more than the error beyond the cheapest, for these lose less each', () => {
    expect(podsFor({ ...idle, requestCores: 7 }, 0, {}).cores).toBe(1);
    expect(sized({ ...idle, requestCores: 7 }).cores).toBe(0.25);
  });

  it('are within the budget if pods of any size are', () => {
    const need = { ...idle, requestCores: 1 };
    const { count, memoryBytes } = sized(need);
    const budget = { memoryBytes: count * memoryBytes - 1 };
    const { count: fewer, cores } = sized(need, budget);
    expect(fewer * memoryBytes).toBeLessThanOrEqual(budget.memoryBytes);
    expect(cores).toBeGreaterThan(sized(need).cores);
    expect(sized(need, { memoryBytes: 1 }).count).toBe(2);
    const resting = { ...idle, requestCores: 7, atRestCores: 0.02 };
    expect(sized(resting).cores).toBe(0.25);
    expect(sized(resting, { cores: 11.2 }).cores).toBe(0.5);
  });

  it('are never mostly at rest, though the forecast errs', () => {
    expect(sized({ ...idle, atRestCores: 0.02 }).cores).toBe(0.1);
    expect(podsFor({ ...idle, atRestCores: 0.017 }, 0, {}).cores).toBe(0.05);
    expect(podsFor({ ...idle, atRestCores: 0.017 }, 0.5, {}).cores).toBe(0.1);
  });

  it('leave three tenths of their CPU free', () => {
    const { count, cores } = sized({ ...idle, requestCores: 7 });
    expect(count * cores * 0.7).toBeGreaterThanOrEqual(7);
    expect((count - 1) * cores * 0.7).toBeLessThan(7);
  });

  it('are fewer and larger where each takes much although nobody asks it', () => {
    const { count, cores } = sized({ ...idle, requestCores: 7, atRestCores: 0.18 });
    expect(cores).toBe(1);
    expect(count * (0.7 - 0.18)).toBeGreaterThanOrEqual(7);
  });

  it('have room for the sessions that each holds', () => {
    const { memoryBytes } = sized({ ...idle, users: 20_000, heldBytes: 10_240 });
    expect(memoryBytes).toBeGreaterThanOrEqual((100 * mebibyte + 10_000 * 10_240) * 1.3);
  });

  it('hold at most a hundred thousand sessions each', () => {
    expect(sized({ ...idle, users: 1_000_000, heldBytes: 800 }).count).toBe(10);
    expect(sized({ ...idle, users: 1_000_000 }).count).toBe(2);
  });
});
