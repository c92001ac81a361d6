import type { ModeName } from '../../bank/modes.js';
import type { Plot } from '../../report/plot.js';
import { evenPercent } from './claims.js';
import { windowMs } from './hottest.js';

/** The hottest pod over time, with sessions that pods let go or without, or in a mode that has no such thing. */
export interface HottestLine {
  readonly how: 'as it is' | 'without' | 'with';
  readonly windows: readonly (readonly [ms: number, percent: number | null])[];
}

const names = { 'as it is': 'hottest pod', without: 'without rebalancing', with: 'with rebalancing' } as const;

/** The load of the hottest pod against the average, from when the new pods were ready. */
export function hottestPlot(mode: ModeName, lines: readonly HottestLine[]): Plot {
  const end = Math.max(0, ...lines.flatMap(({ windows }) => windows.map(([ms]) => ms)));
  const atEnd = lines.map(({ how, windows }) => `${names[how]} ${windows.at(-1)?.[1]?.toFixed(0) ?? '-'} %`);
  return {
    title: `Hottest pod after a scale-out, ${mode}`,
    about:
      `The load of the hottest pod in the last ${windowMs / 1_000} s, as percent of the average; at the end ${atEnd.join(', ')}. ` +
      `Even is at most ${evenPercent} %.`,
    x: { label: 'time since new pods are ready', unit: 's', scale: 'linear' },
    y: { label: 'load, of average', unit: 'percent', scale: 'linear' },
    series: [
      ...lines.map(({ how, windows }) => ({
        name: names[how],
        mode,
        style: 'line' as const,
        points: windows.map(([ms, percent]): [number, number | null] => [ms / 1_000, percent]),
      })),
      { name: 'even', style: 'ideal' as const, points: [[windowMs / 1_000, evenPercent], [end / 1_000, evenPercent]] as [number, number][] }, // prettier-ignore
    ],
  };
}
