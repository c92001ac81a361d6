import type { LossCause } from '../../losses/loss-causes.js';
import type { ClaimBy } from '../../statistics/conclude.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { Figures, FiguresBy } from '../../statistics/figures.js';
import type { Target } from '../target/target.js';
import { afterEvent, canGoOnTwice, goesOnElsewhere, settledWithinMs, type EventLosses } from './after-event.js';
import { middleOf, places } from '../journey/journey-parts.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';

/** What is done to the service while sessions are open, and the cause that its losses have. */
const events = {
  calm: { words: 'nothing', cause: 'misrouted', isThere: () => true, make: async () => {} },
  kill: {
    words: 'a crash of a replica',
    cause: 'owner-died',
    isThere: (target) => target.kill !== undefined,
    make: (target, first) => target.kill?.(first),
  },
  stop: {
    words: 'a stop of a replica',
    cause: 'drained-without-handoff',
    isThere: (target) => target.stop !== undefined,
    make: (target, first) => target.stop?.(first),
  },
  roll: {
    words: 'a rolling update',
    cause: 'drained-without-handoff',
    isThere: (target) => target.roll !== undefined,
    make: (target) => target.roll?.(),
  },
  out: {
    words: 'a scale-out',
    cause: 'misrouted',
    isThere: (target) => target.scale !== undefined,
    make: (target, _, count) => target.scale?.(count + 1),
  },
  in: {
    words: 'a scale-in',
    cause: 'drained-without-handoff',
    isThere: (target, count) => target.scale !== undefined && count > 1,
    make: (target, _, count) => target.scale?.(count - 1),
  },
} as const satisfies Record<string, ServiceEvent>;

interface ServiceEvent {
  readonly words: string;
  readonly cause: LossCause;
  readonly isThere: (target: Target, count: number) => boolean;
  readonly make: (target: Target, first: string, count: number) => Promise<void> | undefined;
}

type EventName = keyof typeof events;
type LossKey = `${EventName}Kept` | 'sessions' | 'failed';
type LossColumn = typeof service | 'unpinned' | 'pinned';

const eventNames = Object.keys(events) as EventName[];
const breaking = eventNames.filter((name) => name !== 'calm');

/** What is lost by what. */
export const losses = serviceQuestion<LossKey, LossColumn>(
  {
    name: 'losses',
    summary: 'which sessions are lost by a crash, a stop, a rolling update, a scale-out and a scale-in?',
    columns: [service, 'unpinned', 'pinned'],
    cannotHere: ({ target, mayBreak, journey }) => {
      if (!mayBreak) return 'nothing is broken with --read-only.';
      if (journey.requests.length < 2) return 'the journey has one request alone.';
      const isAble = breaking.some((name) => events[name].isThere(target, 2));
      return isAble ? undefined : (target.cannot.kill ?? 'its replicas cannot be stopped from here.');
    },
    maxRounds: 2,
    kinds: {
      calmKept: { label: 'nothing done: sessions kept', unit: 'percent', over: 'median' },
      killKept: { label: 'a crash: sessions kept', unit: 'percent', over: 'median' },
      stopKept: { label: 'a stop: sessions kept', unit: 'percent', over: 'median' },
      rollKept: { label: 'a rolling update: kept', unit: 'percent', over: 'median' },
      outKept: { label: 'a scale-out: kept', unit: 'percent', over: 'median' },
      inKept: { label: 'a scale-in: kept', unit: 'percent', over: 'median' },
      sessions: { label: 'sessions', unit: 'count', over: 'total' },
      failed: { label: 'requests failed', unit: 'count', over: 'total' },
    },
    how:
      'Sessions walk the journey to its middle, through the front door where there is one. Then one replica is killed or ' +
      'stopped, all are replaced, one is added or taken away; half of the sessions go on meanwhile, and all when all serve again. ' +
      'A session is lost when a reply that needs an earlier request is not what it is at rest. A request that fails, without a reply or by a fault of the ' +
      'service, is sent once more when all serve again, and for some seconds if it changes nothing. Where a kill is not quite a crash, one that loses nothing tells only where another replica ' +
      'goes on with a session as its own does. Where the front door is the lab’s own, all is done twice: clients ' +
      'are led back by a cookie (pinned), and not (unpinned). Each loss is booked under what was done, or, where as many are lost with ' +
      'nothing done, as sent to another replica, or, where clients are led back, as unexplained.',
    claims: [claim(8, 'kill'), claim(9, 'stop'), claim(10, 'roll'), claim(11, 'out'), claim(12, 'in')],
  },
  measure,
);

function claim(number: number, event: EventName): ClaimBy<LossColumn, LossKey> {
  const { words } = events[event];
  return {
    number,
    sentence: `${words.charAt(0).toUpperCase()}${words.slice(1)} loses no session.`,
    decidedBy: [`${event}Kept`, 'calmKept'],
    rule: (figures) => rule(figures, event),
  };
}

/** Holds if all sessions are kept, where clients are led back if that can be set; not if some are lost by the event. */
function rule(found: FiguresBy<LossColumn, LossKey>, event: EventName): Verdict {
  const figures = found.pinned ?? found[service];
  const kept = figures?.[`${event}Kept`];
  if (figures == null || kept == null) return cannotTell(`${events[event].words} cannot be made here.`);
  const unled = found.unpinned?.[`${event}Kept`];
  const said = `${percent(kept)} of the sessions were kept${unled == null ? '' : `; without affinity ${percent(unled)}`}.`;
  if (kept === 100) return holds(said);
  if ((figures.calmKept ?? 0) < 100) {
    return cannotTell(
      `with nothing done ${percent(figures.calmKept ?? 0)} are kept, so that nothing tells what the event lost: ${said}`,
    );
  }
  return fails(said);
}

const percent = (value: number): string => `${value.toFixed(0)} %`;

async function measure(examination: Examination, round: QuestionRound): Promise<FiguresBy<LossColumn, LossKey>> {
  const { target } = examination;
  if (target.kill !== undefined && target.killNote !== undefined) round.note(target.killNote);
  if (target.affinity === undefined) return { [service]: await eventsIn(examination, service, round) };
  const found: FiguresBy<LossColumn, LossKey> = {};
  try {
    for (const [by, column] of [
      ['none', 'unpinned'],
      ['cookie', 'pinned'],
    ] as const) {
      // prettier-ignore
      await target.affinity(by);
      found[column] = await eventsIn(examination, column, round);
    }
  } finally {
    await target.affinity('none');
  }
  return found;
}

/** Each event that the target can make, each from the same number of replicas. */
async function eventsIn(examination: Examination, column: LossColumn, round: QuestionRound): Promise<Figures<LossKey>> {
  const { target } = examination;
  const figures: Record<string, number | null> = {};
  const count = (await target.replicas()).length;
  const { middle, end } = middleOf(examination.journey);
  const atRest = await examination.atRest(0);
  if (!places(middle, end).some((index) => atRest.needsEarlier(index))) {
    round.note(
      'No request after the middle of the journey needs an earlier one: no session can be lost that would show.',
    );
  }
  const goesOnTwice = await canGoOnTwice(examination, { middle, end });
  if (!goesOnTwice) {
    round.note(
      'What is sent twice is answered otherwise the second time: those who went on while something was done went half of ' +
        'the way, and from there after it.',
    );
  }
  const isQuickStop = target.killNote !== undefined && !(await goesOnElsewhere(examination, { middle, end }));
  let [sessions, failed, calmLost] = [0, 0, 0];
  for (const name of eventNames) {
    const [first] = await target.replicas();
    const { words, isThere, make }: ServiceEvent = events[name];
    figures[`${name}Kept`] = null;
    if (!isThere(target, count)) continue;
    examination.progress(`losses: ${words}${column === service ? '' : `, ${column}`}`);
    const event = async (): Promise<void> => make(target, first?.name ?? '', count);
    const found = await afterEvent(examination, event, { middle, end, goesOnTwice });
    if (target.scale !== undefined && (name === 'out' || name === 'in')) await target.scale(count);
    await target.settled(settledWithinMs);
    if (name === 'calm') calmLost = found.lost.length;
    // What is saved in the moment that a killed pod has left, a crash might have lost.
    const isNoCrash = name === 'kill' && isQuickStop && found.lost.length === 0;
    const isTold = !isNoCrash && found.sessions > 0;
    figures[`${name}Kept`] = isTold ? (100 * (found.sessions - found.lost.length)) / found.sessions : null;
    if (found.unopened.length > 0) {
      round.note(
        `${found.unopened.length} of ${found.unopened.length + found.sessions} sessions could not be opened, also when one was ` +
          `tried after the other, and count for nothing: ${found.unopened[0]}. More users, or a lower --rate, may help.`,
      );
    }
    sessions += found.sessions;
    failed += found.failed.length;
    book(round, column, name, found, calmLost, target.frontDoor === undefined || column === 'pinned');
  }
  return { ...figures, sessions, failed } as Figures<LossKey>;
}

function book(
  { note, book: bookLosses }: QuestionRound,
  column: LossColumn,
  name: EventName,
  found: EventLosses,
  calmLost: number,
  isLedBack: boolean,
): void {
  const row = (cause: LossCause, sessions: number, requests: number) => ({ mode: column, cause, sessions, requests });
  const anyway = Math.min(calmLost, found.lost.length);
  bookLosses([
    // Who is led back was sent to no other replica.
    ...(anyway > 0 ? [row(isLedBack ? 'unexplained' : 'misrouted', anyway, 0)] : []),
    ...(found.lost.length > anyway ? [row(events[name].cause, found.lost.length - anyway, 0)] : []),
    ...found.failed.map((cause) => row(cause, 0, 1)),
  ]);
  const [example] = found.lost;
  const where = column === service ? '' : ` (${column})`;
  if (example !== undefined) note(`${events[name].words}${where}: ${example}.`);
}
