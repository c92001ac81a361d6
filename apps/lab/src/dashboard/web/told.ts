import type { AutoscalingNow, PodNow } from './messages.js';

/** A figure with its name, as a reader sees it. */
export interface Told {
  readonly label: string;
  readonly text: string;
}

/** A pod's figures for its tile. */
export function figuresOf(workload: string, pod: PodNow, autoscaling: AutoscalingNow | null): Told[] {
  const { memoryBytes, sessions, perSecond, p99Ms, failed } = pod;
  return [
    { label: 'req/s', text: told(perSecond, (value) => value.toFixed(0)) },
    { label: 'p99', text: milliseconds(p99Ms) },
    keepsSessions(workload)
      ? { label: 'sessions', text: told(sessions, String) }
      : { label: '5xx', text: told(failed, String) },
    { label: 'CPU', text: cpuOf(pod, autoscaling) },
    { label: 'memory', text: told(memoryBytes, (value) => `${Math.round(value / 1e6)} MB`) },
  ];
}

function cpuOf({ cpu }: PodNow, autoscaling: AutoscalingNow | null): string {
  const aim = autoscaling?.unit === 'm' && autoscaling.target !== null ? ` / ${autoscaling.target}m` : '';
  return told(cpu, (value) => `${value.toFixed(0)}m${aim}`);
}

/** A pod's CPU as a part of twice what its autoscaler aims at, from 0 to 1: half is on target. Without one, of a core. */
export function cpuShareOf({ cpu }: PodNow, autoscaling: AutoscalingNow | null): number {
  const aim = hasMark(autoscaling) ? autoscaling.target : 500;
  return Math.min(1, (cpu ?? 0) / (2 * aim));
}

/** Whether a pod's CPU can be held against its autoscaler's aim: a share of what pods request cannot. */
export function hasMark(autoscaling: AutoscalingNow | null): autoscaling is AutoscalingNow & { target: number } {
  return autoscaling !== null && autoscaling.unit === 'm' && autoscaling.target !== null;
}

/** What an autoscaler does, in a sentence. */
export function scalingOf(autoscaling: AutoscalingNow | null): string {
  if (autoscaling === null) return 'No autoscaler here: pods come and go by hand alone.';
  const { current, desired, least, most, cpu, target, unit } = autoscaling;
  const read = told(cpu, (value) => `${value.toFixed(0)}${unit}`, 'unknown');
  const aim = told(target, (value) => `${value}${unit}`);
  return `The autoscaler (HPA) has ${current}, wants ${desired}, between ${least} and ${most}; it reads CPU ${read} and aims at ${aim}.`;
}

export function milliseconds(ms: number | null): string {
  if (ms !== null && ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return told(ms, (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`);
}

/** A length of time, roughly. */
export function roughly(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export function keepsSessions(workload: string): boolean {
  return workload.startsWith('session-');
}

function told(value: number | null, tell: (value: number) => string, otherwise = '–'): string {
  return value === null ? otherwise : tell(value);
}
