import { places } from '../journey/journey-parts.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import { mayChange } from '../journey/may-change.js';
import type { Journey } from '../journey/journey.js';
import { takesCookieAway } from '../replies/read-reply.js';
import { likelyMarks, replicaMarks, type ReplicaMark } from '../replies/replica-mark.js';
import type { Reply } from '../walk/reply.js';
import type { WalkedStep } from '../walk/walker.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { countedBy, learnTally, type Tally } from './tally.js';
import { lastOf, sendTo } from './walks.js';

const clients = 24;
/** As many requests of each client tell whether it is led back. */
const maxRequests = 6;
/** Each waits until logs and counters have grown. */
const countedRequests = 3;

const kinds = {
  requests: { label: 'requests', unit: 'count', over: 'median' },
  replicas: { label: 'replicas seen', unit: 'count', over: 'median' },
  held: { label: 'requests led back', unit: 'percent', over: 'median' },
  busiest: { label: 'busiest replica, of the mean', unit: 'percent', over: 'median' },
} as const;

type ServiceAffinityKey = keyof typeof kinds;

/** Through the front door: who is led back, and how clients spread. */
export const affinity = serviceQuestion<ServiceAffinityKey>(
  {
    name: 'affinity',
    summary: 'does the front door lead a client back to its replica, and does load spread over the replicas?',
    columns: [service],
    cannotHere: ({ target }) =>
      target.affinity === undefined
        ? target.frontDoor === undefined
          ? (target.cannot.frontDoor ?? 'there is no front door: give its address by --url.')
          : undefined
        : 'the front door here is the lab’s own, which leads clients as it is told to: give yours by --url.',
    kinds,
    how:
      `${clients} new clients send up to ${maxRequests} requests of the journey each through the front door; the same one again and ` +
      'again where it alone tells which replica ' +
      'answered is told by what all replies of a replica have and no other’s: a header, a cookie, a part of the body, learned ' +
      'by asking each replica by itself; where replies say nothing, by whose log or counter at /metrics grew; or, where no replica ' +
      'can be asked, guessed from what takes a few values over new clients. Led ' +
      'back is a request that the replica of the request before it answered; what follows a reply that takes a cookie away does ' +
      'not count, for so a replica lets a client go. The busiest replica’s requests are held against ' +
      'the mean over replicas.',
    claims: [
      {
        number: 13,
        sentence: 'The front door leads each client back to its replica.',
        decidedBy: ['held', 'replicas'],
        rule: ledBack,
      },
      {
        number: 14,
        sentence: 'Load spreads evenly over the replicas.',
        decidedBy: ['busiest', 'requests'],
        rule: spread,
        isNoisy: true,
      },
    ],
  },
  measure,
);

const unknown =
  'nothing tells which replica answered, neither replies nor logs nor counters at /metrics, or there is one alone.';

const letGo = 'each reply that another request followed took a cookie away, as a replica does that lets its client go.';

/** Holds if every request is led back. */
function ledBack({ service: figures }: FiguresBy<'service', ServiceAffinityKey>): Verdict {
  if (figures?.held == null) return cannotTell(figures?.busiest == null ? unknown : letGo);
  const said = `${figures.held.toFixed(0)} % of the requests reached the replica of the one before, over ${figures.replicas} replicas.`;
  return figures.held === 100 ? holds(said) : fails(said);
}

/** Of the mean; chance alone stays below the second with so many clients. */
const evenPercent = 130;
const overfullPercent = 160;

function spread({ service: figures }: FiguresBy<'service', ServiceAffinityKey>): Verdict {
  if (figures?.busiest == null) return cannotTell(unknown);
  const said = `the busiest replica had ${figures.busiest.toFixed(0)} % of the mean of ${figures.requests} requests.`;
  if (figures.busiest <= evenPercent) return holds(said);
  return figures.busiest >= overfullPercent ? fails(said) : cannotTell(said);
}

async function measure(
  examination: Examination,
  { note }: QuestionRound,
): Promise<FiguresBy<'service', ServiceAffinityKey>> {
  const known = await examination.target.replicas();
  const learned = await learnMark(examination);
  const tally = learned === undefined ? await learnTally(examination) : undefined;
  const seen =
    tally === undefined ? await byReplies(examination, learned, note) : await byTally(examination, tally, note);
  const all = seen.flat().map(({ replica }) => replica);
  const counts = new Map<string, number>();
  for (const replica of all) counts.set(replica, (counts.get(replica) ?? 0) + 1);
  const replicas = Math.max(known.length, counts.size);
  const pairs = seen
    .flatMap((answers) => answers.slice(1).map((after, index) => ({ before: answers[index]!, after })))
    .filter(({ before }) => !before.letsGo);
  const ledBackTo = pairs.filter(({ before, after }) => after.replica === before.replica);
  return {
    service: {
      requests: all.length,
      replicas: replicas === 0 ? null : replicas,
      held: replicas > 1 && pairs.length > 0 ? (100 * ledBackTo.length) / pairs.length : null,
      busiest: replicas > 1 && all.length > 0 ? (100 * Math.max(...counts.values()) * replicas) / all.length : null,
    },
  };
}

interface AnsweredBy {
  readonly replica: string;
  /** Its reply took a cookie from the client. */
  readonly letsGo: boolean;
}

/** Who answered each client, one after the other, by what their replies say. */
async function byReplies(
  examination: Examination,
  learned: LearnedMark | undefined,
  note: (sentence: string) => void,
): Promise<AnsweredBy[][]> {
  const { walker, users } = examination;
  const only = sentBy(examination, learned);
  const walks: (readonly WalkedStep[])[] = [];
  for (let client = 0; client < clients; client++) {
    walks.push((await walker.walk({ to: () => 'front door', only, user: client % users.length })).steps);
  }
  const mark = markIn(walks, learned, note);
  return walks.map((steps) => steps.flatMap(({ reply }) => answeredBy(mark?.replicaOf(reply), reply)));
}

/** Nothing where nobody knows who answered. */
function answeredBy(replica: string | undefined, { headers }: Reply): AnsweredBy[] {
  return replica === undefined ? [] : [{ replica, letsGo: (headers['set-cookie'] ?? []).some(takesCookieAway) }];
}

/** The same, by what the replicas count themselves: one request at a time. */
async function byTally(
  examination: Examination,
  tally: Tally,
  note: (sentence: string) => void,
): Promise<AnsweredBy[][]> {
  note(
    `Nothing in the replies tells which replica answered: that is told by ${tally.place}, which, as each replica was asked by ` +
      'itself, grew there alone. What others send meanwhile may be taken for the lab’s.',
  );
  const { walker, users, journey } = examination;
  const begun = beginningOf(journey);
  const seen: AnsweredBy[][] = [];
  for (let client = 0; client < clients; client++) {
    let walk = await walker.walk({ to: () => 'front door', only: begun, user: client % users.length });
    const answers: AnsweredBy[] = [];
    for (let request = 0; request < countedRequests; request++) {
      const by = await countedBy(tally, async () => {
        walk = await sendTo(examination, 'front door', [tally.index], walk);
      });
      answers.push(...answeredBy(by, lastOf(walk).reply));
    }
    seen.push(answers);
  }
  return seen;
}

/** What tells replicas apart that were asked one by one. */
interface LearnedMark {
  readonly mark: ReplicaMark;
  /** Places in the journey of the requests whose replies bear it. */
  readonly borneBy: readonly number[];
}

async function learnMark({ target, walker, users, journey }: Examination): Promise<LearnedMark | undefined> {
  const replicas = await target.replicas();
  const begun = beginningOf(journey);
  const walked = await Promise.all(
    replicas.map(async (replica) => {
      const walks = [0, 1].map((user) => walker.walk({ to: () => replica, only: begun, user: user % users.length }));
      return { replica: replica.name, walks: (await Promise.all(walks)).map(({ steps }) => steps) };
    }),
  );
  const repliesTo = (index: number): [string, Reply[]][] =>
    walked.map(({ replica, walks }) => [replica, walks.map((steps) => steps[index]!.reply)]);
  const marks = begun.flatMap((index) => replicaMarks(new Map(repliesTo(index))));
  const replies = walked.flatMap(({ walks }) => walks.flat()).map(({ reply }) => reply);
  const mark = bestOf(marks, replies);
  if (mark === undefined) return undefined;
  const isBorneBy = (index: number): boolean =>
    repliesTo(index).every(([replica, ofReplica]) => ofReplica.every((reply) => mark.replicaOf(reply) === replica));
  return { mark, borneBy: begun.filter(isBorneBy) };
}

function beginningOf({ requests }: Journey): number[] {
  return places(0, Math.min(maxRequests, requests.length));
}

/** What each client sends: where only one of its first requests tells who answers, that one again and again. */
function sentBy({ journey }: Examination, learned: LearnedMark | undefined): number[] {
  const begun = beginningOf(journey);
  const [telling, another] = learned?.borneBy ?? [];
  if (telling !== undefined && another === undefined && !mayChange(journey.requests[telling]!)) {
    return [...places(0, telling), ...Array.from({ length: maxRequests }, () => telling)];
  }
  // One request alone would show no way back.
  return begun.length === 1 ? [0, 0] : begun;
}

/** What tells which replica answered, and how sure that is. */
function markIn(
  walks: readonly (readonly WalkedStep[])[],
  learned: LearnedMark | undefined,
  note: (sentence: string) => void,
): ReplicaMark | undefined {
  if (learned !== undefined) {
    note(
      `Which replica answered is told by ${learned.mark.place}: each replica, asked by itself, says another thing there, always the same.`,
    );
    return learned.mark;
  }
  const replies = walks.flatMap((steps) => steps.map(({ reply }) => reply));
  const likely = bestOf(likelyMarks(walks.flatMap(([first]) => first?.reply ?? [])), replies);
  if (likely !== undefined) {
    note(
      `Which replica answered is guessed from ${likely.place}, which takes a few values over new clients; nobody here asked each replica.`,
    );
  }
  return likely;
}

/** The one that most replies bear, those that come first going before. */
function bestOf(marks: readonly ReplicaMark[], replies: readonly Reply[]): ReplicaMark | undefined {
  const borne = (mark: ReplicaMark): number => replies.filter((reply) => mark.replicaOf(reply) !== undefined).length;
  return marks.toSorted((one, other) => borne(other) - borne(one))[0];
}
