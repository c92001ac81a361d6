import type { ModeName } from '../../bank/modes.js';
import type { Plot } from '../../report/plot.js';
import type { Answered } from '../by-pod.js';

/** What each pod answered, second by second, against the average over the pods that were ready. */
export function loadOverTime(
  mode: ModeName,
  answered: readonly Answered[],
  times: Readonly<Record<'startedAt' | 'secondReadyAt' | 'watchedFrom', number>>,
): Plot {
  const { startedAt, secondReadyAt, watchedFrom } = times;
  const secondOf = (at: number): number => Math.floor((at - startedAt) / 1_000);
  // The last second is not over.
  const seconds = Math.max(0, ...answered.map(({ endedAt }) => secondOf(endedAt)));
  const count = (second: number, pod?: string): number =>
    answered.filter((one) => secondOf(one.endedAt) === second && (pod ?? one.pod) === one.pod).length;
  const readyAt = (secondReadyAt - startedAt) / 1_000;
  // In the second in which the other becomes ready, it counts for what is left of that.
  const ready = (second: number): number => 1 + Math.min(1, Math.max(0, second + 1 - readyAt));
  const line = (name: string, value: (second: number) => number) => ({
    name,
    style: 'line' as const,
    points: Array.from({ length: seconds }, (_, second): [number, number] => [second + 0.5, value(second)]),
  });
  const pods = [...new Set(answered.map(({ pod }) => pod))].toSorted();
  return {
    title: `Load per pod with sessions that stay, ${mode}`,
    about:
      'Each line is a pod: what it answered in each second. The average over the pods that are ready is what an ' +
      'autoscaler goes by; a pod far above it is hidden by it.',
    x: { label: 'time', unit: 's', scale: 'linear' },
    y: { label: 'requests', unit: 'perSecond', scale: 'linear' },
    series: [
      ...pods.map((pod) => ({ ...line(pod, (second) => count(second, pod)), mode })),
      { ...line('average', (second) => count(second) / ready(second)), style: 'ideal' },
    ],
    marks: [
      { x: readyAt, label: 'second pod ready' },
      { x: (watchedFrom - startedAt) / 1_000, label: 'both watched' },
    ],
  };
}
