import type { AutoscalingNow, PodNow, WorkloadNow } from './messages.js';

/** A figure with its name, as a reader sees it. */
export interface Told {
  readonly label: string;
  readonly text: string;
}

const meanings: Readonly<Record<string, string>> = {
  auth: 'who you are: signs tokens, keeps no session',
  account: 'stateless: each request brings the token, any pod answers',
  'session-sticky': 'sticky: sessions in one pod’s memory, a cookie leads back to it',
  'session-unpinned': 'unpinned: sessions in one pod’s memory, and the next request may miss it',
  'session-handoff': 'handoff: sessions in one pod’s memory, handed over when it stops',
  'session-shared': 'shared: sessions in Redis, any pod answers',
};

/** What a workload is, in a few words. */
export function meaningOf({ workload }: WorkloadNow): string {
  return meanings[workload] ?? '';
}

/** A workload's figures over all of its pods. */
export function figuresOf({ workload, autoscaling, pods }: WorkloadNow): Told[] {
  const ready = pods.filter(({ phase }) => phase === 'ready').length;
  return [
    { label: 'ready', text: `${ready} of ${pods.length}` },
    ...(autoscaling === null ? [] : scaling(autoscaling)),
    ...(keepsSessions(workload) ? [{ label: 'sessions', text: sum(pods, 'sessions') }] : []),
    { label: 'req/s', text: sum(pods, 'perSecond') },
    { label: '5xx', text: sum(pods, 'failed') },
  ];
}

/** A pod's figures, each of which has a column. */
export function cellsOf(workload: string, { cpu, memoryBytes, sessions, perSecond, failed }: PodNow): Told[] {
  return [
    { label: 'CPU', text: told(cpu, (value) => `${value.toFixed(0)}m`) },
    { label: 'memory', text: told(memoryBytes, (value) => `${Math.round(value / 1e6)} MB`) },
    ...(keepsSessions(workload) ? [{ label: 'sessions', text: told(sessions, String) }] : []),
    { label: 'req/s', text: told(perSecond, (value) => value.toFixed(0)) },
    { label: '5xx', text: told(failed, String) },
  ];
}

/** A pod's CPU as a part of twice what its autoscaler aims at, from 0 to 1: half is on target. Null where nothing is aimed at. */
export function cpuShareOf({ cpu }: PodNow, autoscaling: AutoscalingNow | null): number | null {
  // A share of what pods request cannot be compared with thousandths of a core.
  if (autoscaling === null || autoscaling.unit !== 'm' || autoscaling.target === null || cpu === null) return null;
  return Math.min(1, cpu / (2 * autoscaling.target));
}

/** A length of time, roughly. */
export function roughly(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function scaling({ current, desired, least, most, cpu, target, unit }: AutoscalingNow): Told[] {
  const read = told(cpu, (value) => `${value.toFixed(0)}${unit}`, 'unknown');
  return [
    { label: 'HPA has, wants', text: `${current} → ${desired} (${least} to ${most})` },
    { label: 'CPU it reads', text: `${read} of ${told(target, (value) => `${value}${unit}`)}` },
  ];
}

function keepsSessions(workload: string): boolean {
  return workload.startsWith('session-');
}

function told(value: number | null, tell: (value: number) => string, otherwise = '-'): string {
  return value === null ? otherwise : tell(value);
}

function sum(pods: readonly PodNow[], figure: 'sessions' | 'perSecond' | 'failed'): string {
  const values = pods.flatMap((pod) => pod[figure] ?? []);
  // No pod has told yet: that is not none.
  if (values.length === 0 && pods.length > 0) return '-';
  return values.reduce((total, value) => total + value, 0).toFixed(0);
}
