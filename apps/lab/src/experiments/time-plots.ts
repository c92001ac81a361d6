import type { ModeRecord } from '../load/mode-record.js';
import type { Recorder } from '../load/recorder.js';
import type { Plot } from '../report/plot.js';

/** Something that was done, in `performance.now()` time. */
export interface Deed {
  readonly at: number;
  readonly label: string;
}

const seconds = { label: 'time', unit: 's', scale: 'linear' } as const;

/** What each pod of a mode answered, second by second, and what was done meanwhile. */
export function loadPerPod(recorder: Recorder, { mode, timeline }: ModeRecord, deeds: readonly Deed[]): Plot {
  const to = wholeSeconds(recorder);
  const pods = timeline.pods();
  return {
    title: `Load per pod, ${mode}`,
    about: `Requests a second that each of ${pods.length} pods of ${mode} answered in ${to} s. ${told(recorder, deeds)}`,
    x: seconds,
    y: { label: 'requests', unit: 'perSecond', scale: 'linear' },
    series: pods.map((pod) => ({ name: pod, mode, style: 'line', points: pointsOf(timeline.series(pod, 0, to)) })),
    marks: marksOf(recorder, deeds),
  };
}

/** How many sessions of a mode were open, and how many had been lost, by what customers were told. */
export function sessionsOverTime(recorder: Recorder, record: ModeRecord, deeds: readonly Deed[]): Plot {
  const { mode, sessionTimeline: timeline } = record;
  const to = wholeSeconds(recorder);
  const causes = timeline.causes();
  const lost = causes.map((cause) => `${record.lostBy.get(cause) ?? 0} were lost by ${cause}`);
  return {
    title: `Sessions, ${mode}`,
    about:
      `Open sessions of ${mode} in ${to} s, and those lost so far; ${lost.length === 0 ? 'none was lost' : lost.join(', ')}. ` +
      told(recorder, deeds),
    x: seconds,
    y: { label: 'sessions', unit: 'count', scale: 'linear' },
    series: [
      { name: 'open', mode, style: 'line', points: pointsOf(timeline.openSeries(to)) },
      ...causes.map((cause) => ({
        name: `lost: ${cause.replace('session-', '')}`,
        mode,
        style: 'line' as const,
        points: pointsOf(timeline.lostSeries(cause, to)),
      })),
    ],
    marks: marksOf(recorder, deeds),
  };
}

const wholeSeconds = (recorder: Recorder): number => Math.floor(recorder.elapsedMs() / 1_000);
const pointsOf = (series: readonly number[]): [number, number][] => series.map((value, second) => [second, value]);

function marksOf({ startedAt }: Recorder, deeds: readonly Deed[]) {
  return deeds.map(({ at, label }) => ({ x: (at - startedAt) / 1_000, label }));
}

function told({ startedAt }: Recorder, deeds: readonly Deed[]): string {
  return deeds.map(({ at, label }) => `At ${((at - startedAt) / 1_000).toFixed(0)} s: ${label}.`).join(' ');
}
