import type { ModeName } from '../../bank/modes.js';
import type { Plot } from '../../report/plot.js';

/** How many pods there were at a moment of a surge, and how many sessions the fullest had. */
export interface PodsAt {
  /** Milliseconds since the surge began. */
  readonly ms: number;
  readonly pods: number;
  readonly fullest: number;
}

/** A surge as it went, by what the autoscaler went by. */
export type SurgeBy = Readonly<Record<'cpu' | 'sessions', readonly PodsAt[]>>;

const names = { cpu: 'by CPU', sessions: 'by sessions' } as const;

/** How many pods there were over time, and what the fullest had, beside what the sessions take. */
export function surgePlots(
  mode: ModeName,
  surges: SurgeBy,
  { enough, target }: { enough: number; target: number },
): Plot[] {
  const ways = Object.keys(names) as (keyof SurgeBy)[];
  const end = Math.max(0, ...ways.flatMap((by) => surges[by].map(({ ms }) => ms))) / 1_000;
  const draw = (title: string, label: string, figure: 'pods' | 'fullest', ideal: [string, number]): Plot => ({
    title: `${title}, ${mode}`,
    about:
      `${title} while sessions are opened that nobody uses: at the end ` +
      `${ways.map((by) => `${surges[by].at(-1)?.[figure] ?? '-'} ${names[by]}`).join(', ')}; ${ideal[0]}: ${ideal[1]}.`,
    x: { label: 'time since the surge began', unit: 's', scale: 'linear' },
    y: { label, unit: 'count', scale: 'linear' },
    series: [
      ...ways.map((by) => ({
        name: names[by],
        mode,
        style: 'line' as const,
        points: surges[by].map((at): [number, number] => [at.ms / 1_000, at[figure]]),
      })),
      { name: ideal[0], style: 'ideal' as const, points: [[0, ideal[1]], [end, ideal[1]]] as [number, number][] }, // prettier-ignore
    ],
  });
  return [
    draw('Pods in a surge of sessions', 'pods', 'pods', ['as many as they take', enough]),
    draw('Sessions of the fullest pod', 'sessions', 'fullest', ['aimed at', target]),
  ];
}
