import type { ModeRecord } from '../bank/mode-record.js';
import type { BankRecorder } from '../bank/mode-record.js';
import type { Plot } from '../report/plot.js';

/** Something that was done, in `performance.now()` time. */
export interface PlottedAction {
  readonly at: number;
  readonly label: string;
}

/** How the sessions of a mode were at that moment, so that a line has its true value there. */
export interface SessionAction extends PlottedAction {
  readonly open: number;
  readonly lostBy: ReadonlyMap<string, number>;
}

/** Something that is done now. */
export function actionNow(label: string, { open, lostBy }: ModeRecord): SessionAction {
  return { at: performance.now(), label, open: open.size, lostBy: new Map(lostBy) };
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
    series: pods.map((pod) => ({ name: pod, mode, style: 'line', points: ratesOf(timeline.series(pod, 0, to)) })),
    marks: marksOf(recorder, actions),
  };
}

/** How many sessions of a mode were open, and how many had been lost, by what customers were told. */
export function sessionsOverTime(recorder: BankRecorder, record: ModeRecord, actions: readonly SessionAction[]): Plot {
  const { mode, sessionTimeline: timeline } = record;
  const to = wholeSeconds(recorder);
  const causes = timeline.causes();
  const levels = (atEnds: readonly number[], then: (action: SessionAction) => number): [number, number][] => {
    const atActions = actions.map((action): [number, number] => [secondsAt(recorder, action), then(action)]);
    return [...atEnds.map((value, second): [number, number] => [second + 1, value]), ...atActions].toSorted(
      ([one], [other]) => one - other,
    );
  };
  const lost = causes.map((cause) => `${record.lostBy.get(cause) ?? 0} were lost by ${cause}`);
  return {
    title: `Sessions, ${mode}`,
    about:
      `Open sessions of ${mode} in ${to} s, and those lost so far; ${lost.length === 0 ? 'none was lost' : lost.join(', ')}. ` +
      reported(recorder, actions),
    x: seconds,
    y: { label: 'sessions', unit: 'count', scale: 'linear' },
    series: [
      { name: 'open', mode, style: 'line', points: levels(timeline.openSeries(to), ({ open }) => open) },
      ...causes.map((cause) => ({
        name: `lost: ${cause.replace('session-', '')}`,
        mode,
        style: 'line' as const,
        points: levels(timeline.lostSeries(cause, to), ({ lostBy }) => lostBy.get(cause) ?? 0),
      })),
    ],
    marks: marksOf(recorder, actions),
  };
}

const wholeSeconds = (recorder: BankRecorder): number => Math.floor(recorder.elapsedMs() / 1_000);
/** What was counted in a second is the rate in the middle of it. */
const ratesOf = (series: readonly number[]): [number, number][] => series.map((value, second) => [second + 0.5, value]);
const secondsAt = ({ startedAt }: BankRecorder, { at }: PlottedAction): number => (at - startedAt) / 1_000;

function marksOf(recorder: BankRecorder, actions: readonly PlottedAction[]) {
  return actions.map((action) => ({ x: secondsAt(recorder, action), label: action.label }));
}

function reported(recorder: BankRecorder, actions: readonly PlottedAction[]): string {
  return actions.map((action) => `At ${secondsAt(recorder, action).toFixed(1)} s: ${action.label}.`).join(' ');
}
