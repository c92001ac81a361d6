import type { ModeName } from '../../bank/modes.js';
import type { Plot } from '../../report/plot.js';
import type { Found } from '../experiment.js';
import type { SpeedUpKey } from './claims.js';
import type { Climb } from './saturation-point.js';

const sizes = [1, 2, 3, 4] as const;

/** Throughput against pods, as a multiple of one pod's, with the line of the ideal. */
export function throughputByPods({ modes, estimates }: Found<SpeedUpKey>): Plot {
  const times = (mode: ModeName, pods: (typeof sizes)[number]): number | null => {
    const [one, many] = [estimates[mode]?.saturation1.value, estimates[mode]?.[`saturation${pods}`].value];
    return one == null || many == null ? null : many / one;
  };
  const measured = sizes.filter((pods) => modes.some((mode) => times(mode, pods) !== null));
  return {
    title: 'Throughput against pods',
    about:
      'Each line is a mode: throughput at the saturation point with one pod and with more, as a multiple of that of its ' +
      'one pod, each held to the same share of a core. The ideal is a straight line: twice the pods, twice as much.',
    x: { label: 'pods', unit: 'count', scale: 'linear' },
    y: { label: 'times one pod', unit: 'ratio', scale: 'linear' },
    series: [
      ...modes.map((mode) => ({
        name: mode,
        mode,
        style: 'line' as const,
        points: measured.map((pods): [number, number | null] => [pods, times(mode, pods)]),
      })),
      { name: 'ideal', style: 'ideal', points: measured.map((pods): [number, number] => [pods, pods]) },
    ],
  };
}

/** How latency rises with what is offered, one line for each number of pods. */
export function latencyByRate(mode: ModeName, climbs: ReadonlyMap<number, readonly Climb[]>, boundMs: number): Plot {
  const lines = [...climbs].flatMap(([pods, all]) => all.map(({ steps }, index) => ({ pods, steps, index })));
  const max = Math.max(1, ...lines.flatMap(({ steps }) => steps.map(({ perSecond }) => perSecond)));
  return {
    title: `Latency against offered load, ${mode}`,
    about: `Each line is a climb of so many pods: the median from the intended start at each rate that was offered. The bound is ${boundMs} ms.`,
    x: { label: 'offered', unit: 'perSecond', scale: 'linear' },
    y: { label: 'median', unit: 'ms', scale: 'log' },
    series: [
      ...lines.map(({ pods, steps, index }) => ({
        name: `${pods === 1 ? '1 pod' : `${pods} pods`}${index === 0 ? '' : ', again'}`,
        mode,
        style: 'line' as const,
        points: steps.map(({ perSecond, medianMs }): [number, number | null] => [
          perSecond,
          Number.isFinite(medianMs) ? medianMs : null,
        ]),
      })),
      { name: 'bound', style: 'ideal', points: [[0, boundMs], [max, boundMs]] }, // prettier-ignore
    ],
  };
}
