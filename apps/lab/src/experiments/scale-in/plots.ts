import type { Plot } from '../../report/plot.js';
import type { Found } from '../experiment.js';
import { drainedWith, type ScaleInKey } from './claims.js';

/** How long a pod took to hand its sessions over, against how many there were; none where no mode hands any over. */
export function drainPlot({ modes, estimates }: Found<ScaleInKey>): Plot[] {
  const series = modes.flatMap((mode) => {
    const points = drainedWith.flatMap((size): [number, number][] => {
      const tookMs = estimates[mode]?.[`handed${size}`].value ?? null;
      return tookMs === null ? [] : [[size, tookMs]];
    });
    return points.length < 2 ? [] : [{ name: mode, mode, style: 'points' as const, points }];
  });
  if (series.length === 0) return [];
  return [
    {
      title: 'Time to hand a full pod over',
      about:
        'From the order to take a pod away until the last of its sessions answers at another one. What the order itself ' +
        'takes is in each; the rest grows with the sessions.',
      x: { label: 'sessions in the pod', unit: 'count', scale: 'log' },
      y: { label: 'until all were handed over', unit: 'ms', scale: 'linear' },
      series,
    },
  ];
}
