import type { ModeRecord } from '../bank/mode-record.js';
import type { BankRecorder } from '../bank/mode-record.js';
import type { Plot } from '../report/plot.js';

/** Something that was done, in `performance.now()` time. */
export interface PlottedAction {
  readonly at: number;
  readonly label: string;
}

const seconds = { label: 'time', unit: 's', scale: 'linear' } as const;

/** What each pod of a mode answered, second by second, and what was done meanwhile. */
export function loadPerPod(
  recorder: BankRecorder,
  { mode, timeline }: ModeRecord,
  actions: readonly PlottedAction[],
): Plot {
  const to = wholeSeconds(recorder);
  const pods = timeline.names();
  return {
    title: `Load per pod, ${mode}`,
    about: `Requests a second that each of ${pods.length} pods of ${mode} answered in ${to} s. ${reported(recorder, actions)}`,
    x: seconds,
    y: { label: 'requests', unit: 'perSecond', scale: 'linear' },
    series: pods.map((pod) => ({ name: pod, mode, style: 'line', points: pointsOf(timeline.series(pod, 0, to)) })),
    marks: marksOf(recorder, actions),
  };
}

/** How many sessions of a mode were open, and how many had been lost, by what customers were told. */
export function sessionsOverTime(recorder: BankRecorder, record: ModeRecord, actions: readonly PlottedAction[]): Plot {
  const { mode, sessionTimeline: timeline } = record;
  const to = wholeSeconds(recorder);
  const causes = timeline.causes();
  const lost = causes.map((cause) => `${record.lostBy.get(cause) ?? 0} were lost by ${cause}`);
  return {
    title: `Sessions, ${mode}`,
    about:
      `Open sessions of ${mode} in ${to} s, and those lost so far; ${lost.length === 0 ? 'none was lost' : lost.join(', ')}. ` +
      reported(recorder, actions),
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
    marks: marksOf(recorder, actions),
  };
}

const wholeSeconds = (recorder: BankRecorder): number => Math.floor(recorder.elapsedMs() / 1_000);
const pointsOf = (series: readonly number[]): [number, number][] => series.map((value, second) => [second, value]);

function marksOf({ startedAt }: BankRecorder, actions: readonly PlottedAction[]) {
  return actions.map(({ at, label }) => ({ x: (at - startedAt) / 1_000, label }));
}

function reported({ startedAt }: BankRecorder, actions: readonly PlottedAction[]): string {
  return actions.map(({ at, label }) => `At ${((at - startedAt) / 1_000).toFixed(0)} s: ${label}.`).join(' ');
}
