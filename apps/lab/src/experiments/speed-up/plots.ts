import type { ModeName } from '../../modes.js';
import type { Plot } from '../../report/plot.js';
import type { Found } from '../experiment.js';
import type { SpeedUpKey } from './claims.js';
import type { Step } from './knee.js';

const sizes = [1, 2, 3, 4] as const;

/** Throughput against pods, with the line of n times one pod for the first mode. */
export function throughputByPods({ modes, estimates }: Found<SpeedUpKey>): Plot {
  const kneeOf = (mode: ModeName, pods: (typeof sizes)[number]): number | null =>
    estimates[mode]?.[`knee${pods}`].value ?? null;
  const measured = sizes.filter((pods) => modes.some((mode) => kneeOf(mode, pods) !== null));
  const [first] = modes;
  const one = first === undefined ? null : kneeOf(first, 1);
  return {
    title: 'Throughput against pods',
    about:
      'Each line is a mode: requests a second at the knee of latency with one pod and with more, each pod held to the ' +
      'same share of a core. The ideal is a straight line through one pod of the first mode.',
    x: { label: 'pods', unit: 'count', scale: 'linear' },
    y: { label: 'throughput at the knee', unit: 'perSecond', scale: 'linear' },
    series: [
      ...modes.map((mode) => ({
        name: mode,
        mode,
        style: 'line' as const,
        points: measured.map((pods): [number, number | null] => [pods, kneeOf(mode, pods)]),
      })),
      ...(one === null
        ? []
        : [
            {
              name: 'ideal',
              style: 'ideal' as const,
              points: measured.map((pods): [number, number] => [pods, pods * one]),
            },
          ]),
    ],
  };
}

/** How latency rises with what is offered, one line for each number of pods. */
export function latencyByRate(mode: ModeName, climbs: ReadonlyMap<number, readonly Step[]>, boundMs: number): Plot {
  const most = Math.max(1, ...[...climbs.values()].flat().map(({ perSecond }) => perSecond));
  return {
    title: `Latency against offered load, ${mode}`,
    about: `Each line is a number of pods: the p90 from the intended start at each rate that was offered. The bound is ${boundMs} ms.`,
    x: { label: 'offered', unit: 'perSecond', scale: 'linear' },
    y: { label: 'p90', unit: 'ms', scale: 'log' },
    series: [
      ...[...climbs].map(([pods, steps]) => ({
        name: pods === 1 ? '1 pod' : `${pods} pods`,
        style: 'line' as const,
        points: steps.map(({ perSecond, p90Ms }): [number, number | null] => [
          perSecond,
          Number.isFinite(p90Ms) ? p90Ms : null,
        ]),
      })),
      { name: 'bound', style: 'ideal', points: [[0, boundMs], [most, boundMs]] }, // prettier-ignore
    ],
  };
}
