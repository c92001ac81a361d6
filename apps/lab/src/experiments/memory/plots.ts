import type { ModeName } from '../../bank/modes.js';
import type { Plot } from '../../report/plot.js';
import type { Found } from '../experiment.js';
import { reportedAt, type MemoryKey } from './claims.js';

/** Growth of a pod against what it holds, with the line through it: what a pod takes when it is empty is left out. */
export function memoryPlot({ modes, estimates }: Found<MemoryKey>): Plot {
  const of = (mode: ModeName, key: MemoryKey): number | null => estimates[mode]?.[key].value ?? null;
  return {
    title: 'Memory of a pod against the sessions in it',
    about:
      'Resident memory of one pod above what it takes with no session. Where sessions live in the pod the line rises; ' +
      'stateless is drawn against as many requests, and shared against sessions that live in Redis.',
    x: { label: 'open sessions', unit: 'count', scale: 'linear' },
    y: { label: 'memory above that of an empty pod', unit: 'bytes', scale: 'linear' },
    series: modes.flatMap((mode) => {
      const [empty, fitted, slope, opened] = (['at0', 'fittedAt0', 'slope', 'opened'] as const).map((key) =>
        of(mode, key),
      );
      if (empty == null || fitted == null || slope == null || opened == null) return [];
      const points = reportedAt.flatMap((size): [number, number][] => {
        const memory = of(mode, `at${size}`);
        return memory === null ? [] : [[size, memory - empty]];
      });
      return [
        { name: mode, mode, style: 'points' as const, points },
        {
          name: `${mode}, fitted`,
          mode,
          style: 'fit' as const,
          points: [
            [0, fitted - empty],
            [opened, fitted - empty + slope * opened],
          ] as [number, number][],
        },
      ];
    }),
  };
}
