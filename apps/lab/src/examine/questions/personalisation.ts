import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import { misplacedData } from '../replies/misplaced-data.js';
import { otherUsersData, personalisedParts, shownToAnother } from '../replies/personal.js';
import { readReply, type ReadReply } from '../replies/read-reply.js';
import type { JourneyUser } from '../journey/users.js';
import type { JourneyWalk, WalkedStep } from '../walk/walker.js';
import type { AtRest } from './at-rest.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { homeOf, type AskedPlace } from './walks.js';

const kinds = {
  requests: { label: 'requests of the journey', unit: 'count', over: 'median' },
  shaped: { label: 'replies shaped by who asks', unit: 'percent', over: 'median' },
  users: { label: 'users who asked', unit: 'count', over: 'median' },
  compared: { label: 'replies to two users', unit: 'count', over: 'total' },
  othersShown: { label: 'replies with another’s data', unit: 'count', over: 'total' },
} as const;

type PersonalKey = keyof typeof kinds;

/** Two users at the same time, at each replica: what depends on who asks, and who is shown what is another's. */
export const personalisation = serviceQuestion<PersonalKey>(
  {
    name: 'personalisation',
    summary: 'which replies are shaped by who asks, and is anybody shown what is another user’s?',
    columns: [service],
    cannotHere: () => undefined,
    kinds,
    how:
      'Two clients, of two users where a file of them is given, walk the journey at the same time, request by request in turn, ' +
      'at each replica. What differs between their replies, beside what varies at rest, is shaped by who asks. Another’s ' +
      'data is what a reply shows that only another user’s replies at rest have shown: an id, or what stands where each user ' +
      'has one thing; what stands in a list may be there for all to see. It is also what one replica tells a user each time, ' +
      'and all replicas the other one, where a fellow of it tells that user something of their own.',
    claims: [
      {
        number: 6,
        sentence: 'Nobody is shown what is another user’s.',
        decidedBy: ['othersShown', 'compared'],
        rule,
      },
    ],
  },
  measure,
);

/** Not if one reply showed another user's data; one is enough, so that no round is noise. */
function rule({ service: figures }: FiguresBy<'service', PersonalKey>): Verdict {
  if (figures?.othersShown == null) return cannotTell('it takes two users: give --users a file with a line for each.');
  const { othersShown, compared } = figures;
  if (othersShown > 0)
    return fails(
      `${othersShown} of ${compared} replies showed what another user alone had been shown: theirs, or one thing that all ` +
        'share and the other one changed.',
    );
  return holds(`none of ${compared} replies to two users at the same time showed what is the other’s.`);
}

async function measure(examination: Examination, { note }: QuestionRound): Promise<FiguresBy<'service', PersonalKey>> {
  const { target, journey, users } = examination;
  const pair = users.length > 1 ? ([0, 1] as const) : ([0, 0] as const);
  const atRest = await Promise.all(pair.map((user) => examination.atRest(user)));
  const replicas: readonly AskedPlace[] = await target.replicas();
  const read: ReadReply[][][] = [[], []];
  const walked: WalkedStep[][] = atRest.map(({ walks }) => walks.flatMap(({ steps }) => steps));
  const othersShown = new Set<string>();
  const tellOthers = (who: number, index: number, replica: string | undefined, what: string): void => {
    if (users.length < 2) return;
    othersShown.add(`${who} ${index} ${replica}`);
    const where = replica === undefined ? '' : ` at ${replica}`;
    note(`${journey.requests[index]?.name}${where}: the reply ${what}.`);
  };
  let compared = 0;
  for (const place of replicas.length === 0 ? [await homeOf(examination)] : replicas) {
    examination.progress(`personalisation: two users at ${place === 'front door' ? place : place.name}`);
    const walks = await walkInTurn(examination, place, pair);
    for (const [who, walk] of walks.entries()) {
      for (const { index, reply, missing } of walk) {
        if (missing !== undefined) continue;
        const own = atRest[who]!.repliesTo(index);
        const others = atRest[1 - who]!.repliesTo(index);
        const now = readReply(reply);
        (read[who]![index] ??= []).push(now);
        compared++;
        const shown = [
          ...otherUsersData(now, own, others, atRest[who]!.variationOf(index), examination.mask),
          ...columnsOfOther(reply.body, bodiesTo(atRest[who]!, index), users[pair[who]!]!, users[pair[1 - who]!]!),
        ];
        for (const what of shown) tellOthers(who, index, place === 'front door' ? undefined : place.name, what);
      }
      walked[who]!.push(...walk);
    }
  }
  for (const who of pair.keys()) {
    for (const index of journey.requests.keys()) {
      const misplaced = misplacedData(toldBy(walked[who]!, index), toldBy(walked[1 - who]!, index));
      for (const { replica, part } of misplaced) {
        tellOthers(who, index, replica, shownToAnother(part, examination.mask));
      }
    }
  }
  const shaped = journey.requests.flatMap(({ name }, index) => {
    const parts = personalisedParts(
      read[0]![index] ?? [],
      read[1]![index] ?? [],
      atRest[0]!.variationOf(index),
      examination.mask,
    );
    if (parts.length > 0)
      note(`${name} is shaped by who asks: ${parts.slice(0, 4).join(', ')}${parts.length > 4 ? ', …' : ''}.`);
    return parts.length > 0 ? [name] : [];
  });
  if (users.length < 2)
    note('Both clients were of the same user: what is told of each is what its cookies alone make of it.');
  return {
    service: {
      requests: journey.requests.length,
      shaped: (100 * shaped.length) / journey.requests.length,
      users: pair[0] === pair[1] ? 1 : 2,
      compared,
      othersShown: users.length > 1 ? othersShown.size : null,
    },
  };
}

/** Both send a request before either sends the next one. */
async function walkInTurn(
  { walker, journey }: Examination,
  place: AskedPlace,
  users: readonly number[],
): Promise<JourneyWalk['steps'][]> {
  const walks: (JourneyWalk | undefined)[] = users.map(() => undefined);
  const steps: JourneyWalk['steps'][number][][] = users.map(() => []);
  for (const index of journey.requests.keys()) {
    for (const [who, user] of users.entries()) {
      const as = walks[who];
      const walk = await walker.walk({ to: () => place, only: [index], user, ...(as !== undefined && { as }) });
      walks[who] = walk;
      steps[who]!.push(...walk.steps);
    }
  }
  return steps;
}

/** What a request was answered, by the replicas that were asked by themselves. */
function toldBy(steps: readonly WalkedStep[], index: number): Map<string, ReadReply[]> {
  const told = new Map<string, ReadReply[]>();
  for (const step of steps) {
    if (step.index !== index || step.reply.replica === undefined) continue;
    told.set(step.reply.replica, [...(told.get(step.reply.replica) ?? []), readReply(step.reply)]);
  }
  return told;
}

/** All that a request was answered at rest, at each replica. */
function bodiesTo({ walks }: AtRest, index: number): string[] {
  return walks.flatMap(({ steps }) => steps[index]?.reply.body ?? []);
}

/** Shorter values stand anywhere. */
const tellingLength = 4;

/**
 * The columns of another user that a reply shows in the place of one's own, in words. A reply that shows one's own
 * elsewhere is shaped by it, so that another's value in it is no word that stands there for all.
 */
function columnsOfOther(body: string, atRest: readonly string[], own: JourneyUser, other: JourneyUser): string[] {
  return [...other].flatMap(([column, value]) => {
    const mine = own.get(column) ?? '';
    if (Math.min(value.length, mine.length) < tellingLength || value === mine) return [];
    const isOthers = body.includes(value) && !body.includes(mine) && atRest.some((one) => one.includes(mine));
    return isOthers ? [`shows the ${column.replace('user.', '')} of another user in the place of one’s own`] : [];
  });
}
