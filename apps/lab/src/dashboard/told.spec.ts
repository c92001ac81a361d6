import { describe, expect, it } from '@jest/globals';
import type { AutoscalingNow, PodNow, WorkloadNow } from './web/messages.js';
import { cellsOf, cpuShareOf, figuresOf, meaningOf, roughly } from './web/told.js';
import { modes } from '../modes.js';

const silent = { cpu: null, memoryBytes: null, sessions: null, perSecond: null, failed: null, p99Ms: null };
const pod: PodNow = {
  name: 'session-sticky-0',
  phase: 'ready',
  cpu: 62.6,
  memoryBytes: 91e6,
  sessions: 3,
  perSecond: 4.4,
  failed: 1,
  p99Ms: 12,
};
const autoscaling: AutoscalingNow = { least: 2, most: 6, current: 2, desired: 3, cpu: 71, target: 50, unit: 'm' };
const workload: WorkloadNow = {
  workload: 'session-sticky',
  autoscaling,
  pods: [pod, { ...pod, ...silent, name: 'session-sticky-1', phase: 'starting' }],
};
const textOf = (label: string, of: WorkloadNow) => figuresOf(of).find((one) => one.label === label)?.text;

describe('what the page tells', () => {
  it('tells a workload by readiness, autoscaler, sessions, requests and failures', () => {
    expect(figuresOf(workload)).toEqual([
      { label: 'ready', text: '1 of 2' },
      { label: 'HPA has, wants', text: '2 → 3 (2 to 6)' },
      { label: 'CPU it reads', text: '71m of 50m' },
      { label: 'sessions', text: '3' },
      { label: 'req/s', text: '4' },
      { label: '5xx', text: '1' },
    ]);
  });

  it('tells what is not known from what is none', () => {
    const unknown = { ...workload, pods: [{ ...pod, ...silent }] };
    expect(textOf('req/s', unknown)).toBe('-');
    expect(textOf('req/s', { ...workload, pods: [] })).toBe('0');
    expect(textOf('CPU it reads', { ...workload, autoscaling: { ...autoscaling, cpu: null } })).toBe('unknown of 50m');
    expect(textOf('sessions', { ...workload, workload: 'account' })).toBeUndefined();
  });

  it('tells a pod, and of sessions only where they are kept', () => {
    const texts = (name: string, of: PodNow) => cellsOf(name, of).map(({ text }) => text);
    expect(texts('session-sticky', pod)).toEqual(['63m', '91 MB', '3', '4', '1']);
    expect(texts('session-sticky', { ...pod, ...silent })).toEqual(['-', '-', '-', '-', '-']);
    expect(texts('account', pod)).toEqual(['63m', '91 MB', '4', '1']);
  });

  it('draws CPU where there is a target to compare it with: half of the bar', () => {
    expect(cpuShareOf({ ...pod, cpu: 50 }, autoscaling)).toBe(0.5);
    expect(cpuShareOf({ ...pod, cpu: 400 }, autoscaling)).toBe(1);
    expect(cpuShareOf(pod, null)).toBeNull();
    expect(cpuShareOf(pod, { ...autoscaling, unit: '%' })).toBeNull();
    expect(cpuShareOf({ ...pod, cpu: null }, autoscaling)).toBeNull();
  });

  it('says what each workload is', () => {
    for (const { workload: name } of Object.values(modes))
      expect(meaningOf({ ...workload, workload: name })).not.toBe('');
  });

  it('tells a length of time roughly', () => {
    expect([4_400, 119_000, 200_000].map(roughly)).toEqual(['4 s', '119 s', '3 min']);
  });
});
