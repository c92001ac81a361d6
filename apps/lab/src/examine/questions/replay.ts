import { seeded, shuffled } from '../../load/random.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import type { JourneyWalk, WalkedStep } from '../walk/walker.js';
import { mayChange } from '../journey/may-change.js';
import { repeatable } from '../journey/journey-parts.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { homeOf, sendTo } from './walks.js';

/** A stream of the seed for the order. */
const orders = 4_000_000;

const kinds = {
  sent: { label: 'requests sent again', unit: 'count', over: 'total' },
  alone: { label: 'alone: the same reply', unit: 'percent', over: 'median' },
  shuffled: { label: 'in another order: the same', unit: 'percent', over: 'median' },
} as const;

type ServiceReplayKey = keyof typeof kinds;

/** Each request of a finished client alone, and all in another order. */
export const replay = serviceQuestion<ServiceReplayKey>(
  {
    name: 'replay',
    summary: 'do requests give the same reply when they are sent again, alone or in another order?',
    columns: [service],
    cannotHere: ({ journey }) =>
      journey.requests.length < 2
        ? 'the journey has one request alone.'
        : repeatable(journey).length === 0
          ? 'nothing but sign-outs is in the journey.'
          : undefined,
    kinds,
    how:
      'Clients walk the journey at one replica up to its sign-out, which is left out with what follows it: after a sign-out ' +
      'any reply may be another. With the cookies and values that they then have, they send each request again by itself, and ' +
      'then all of them in an order that the seed shuffles, either to another replica where there is one: what one replica alone ' +
      'remembers is missed here, too (claim 1). The same is what is given at rest, beside what varies on its own.',
    claims: [
      {
        number: 5,
        sentence: 'Requests that are sent again, alone or in another order, give the same replies.',
        decidedBy: ['alone', 'shuffled'],
        rule,
      },
    ],
  },
  measure,
);

/** Holds if all give the same. */
function rule({ service: figures }: FiguresBy<'service', ServiceReplayKey>): Verdict {
  if (figures?.alone == null || figures.shuffled === null) return cannotTell('nothing was sent again.');
  const said = `alone ${figures.alone.toFixed(0)} % give the same reply, in another order ${figures.shuffled.toFixed(0)} %.`;
  return figures.alone === 100 && figures.shuffled === 100 ? holds(said) : fails(said);
}

async function measure(
  examination: Examination,
  { round, note }: QuestionRound,
): Promise<FiguresBy<'service', ServiceReplayKey>> {
  const { journey, target, seed } = examination;
  const atRest = await examination.atRest(0);
  const home = await homeOf(examination);
  const [, other] = await target.replicas();
  const sent = repeatable(journey);
  const finished = (): Promise<JourneyWalk> => sendTo(examination, home, sent);
  const place = other ?? home;
  const alone: WalkedStep[] = [];
  const looking = await finished();
  for (const index of sent) {
    // What changes something may change the session of the client that sends it.
    const client = mayChange(journey.requests[index]!) ? await finished() : looking;
    alone.push(...(await sendTo(examination, place, [index], client)).steps);
  }
  const mixed = shuffled(sent, seeded(seed, orders + round));
  const inOtherOrder = (await sendTo(examination, place, mixed, await finished())).steps;
  const same = (steps: readonly WalkedStep[]): number => {
    const changes = steps.map((step) => [step.request.name, atRest.changeIn(step)] as const);
    for (const [name, why] of changes) if (why !== undefined) note(`${name}, sent again: ${why}.`);
    return (100 * changes.filter(([, why]) => why === undefined).length) / steps.length;
  };
  return { service: { sent: 2 * sent.length, alone: same(alone), shuffled: same(inOtherOrder) } };
}
