import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import { likelyMarks, replicaMarks, type ReplicaMark } from '../replies/replica-mark.js';
import type { Reply } from '../walk/reply.js';
import type { WalkedStep } from '../walk/walker.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { places } from './walks.js';

const clients = 24;
/** As many requests of each client tell whether it is led back. */
const maxRequests = 6;

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
      `${clients} new clients send up to ${maxRequests} requests of the journey each through the front door. Which replica ` +
      'answered is told by what all replies of a replica have and no other’s: a header, a cookie, a part of the body, learned ' +
      'by asking each replica by itself, or, where that cannot be, guessed from what takes a few values over new clients. Led ' +
      'back is a request that the replica of the request before it answered. The busiest replica’s requests are held against ' +
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

const unknown = 'nothing in the replies tells which replica answered, or there is one alone.';

/** Holds if every request is led back. */
function ledBack({ service: figures }: FiguresBy<'service', ServiceAffinityKey>): Verdict {
  if (figures?.held == null) return cannotTell(unknown);
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
  const { journey, walker, target } = examination;
  const only = places(0, Math.min(maxRequests, journey.requests.length));
  // One request alone would show no way back.
  const repeated = only.length === 1 ? [0, 0] : only;
  const walks: (readonly WalkedStep[])[] = [];
  for (let client = 0; client < clients; client++) {
    const user = client % examination.users.length;
    walks.push((await walker.walk({ to: () => 'front door', only: repeated, user })).steps);
  }
  const known = await target.replicas();
  const mark = await markFor(examination, walks, note);
  const seen = walks.map((steps) => steps.flatMap(({ reply }) => mark?.(reply) ?? []));
  const all = seen.flat();
  const counts = new Map<string, number>();
  for (const replica of all) counts.set(replica, (counts.get(replica) ?? 0) + 1);
  const replicas = Math.max(known.length, counts.size);
  const moves = seen.flatMap((names) => names.slice(1).map((name, index) => name === names[index]));
  return {
    service: {
      requests: all.length,
      replicas: replicas === 0 ? null : replicas,
      held: replicas > 1 && moves.length > 0 ? (100 * moves.filter(Boolean).length) / moves.length : null,
      busiest: replicas > 1 && all.length > 0 ? (100 * Math.max(...counts.values()) * replicas) / all.length : null,
    },
  };
}

/** What tells which replica answered, and how sure that is. */
async function markFor(
  { target, walker, atRest, users }: Examination,
  walks: readonly (readonly WalkedStep[])[],
  note: (sentence: string) => void,
): Promise<((reply: Reply) => string | undefined) | undefined> {
  const replies = walks.flatMap((steps) => steps.map(({ reply }) => reply));
  if (replies.some(({ replica }) => replica !== undefined)) {
    note('Which replica answered is told by the front door.');
    return ({ replica }) => replica;
  }
  const sure = bestOf(await learnedMarks(), replies);
  if (sure !== undefined) {
    note(
      `Which replica answered is told by ${sure.place}: each replica, asked by itself, says another thing there, always the same.`,
    );
    return (reply) => sure.replicaOf(reply);
  }
  const likely = bestOf(likelyMarks(walks.flatMap(([first]) => first?.reply ?? [])), replies);
  if (likely !== undefined) {
    note(
      `Which replica answered is guessed from ${likely.place}, which takes a few values over new clients; nobody here asked each replica.`,
    );
    return (reply) => likely.replicaOf(reply);
  }
  return undefined;

  async function learnedMarks(): Promise<ReplicaMark[]> {
    const asked = await target.replicas();
    if (asked.length < 2) return [];
    await atRest(0);
    const byReplica = new Map<string, Reply[]>();
    for (const replica of asked) {
      const walksThere = [0, 1].map((user) => walker.walk({ to: () => replica, only: [0], user: user % users.length }));
      byReplica.set(
        replica.name,
        (await Promise.all(walksThere)).flatMap(({ steps }) => steps.map(({ reply }) => reply)),
      );
    }
    return replicaMarks(byReplica);
  }
}

/** The one that most replies bear, those that come first going before. */
function bestOf(marks: readonly ReplicaMark[], replies: readonly Reply[]): ReplicaMark | undefined {
  const borne = (mark: ReplicaMark): number => replies.filter((reply) => mark.replicaOf(reply) !== undefined).length;
  return marks.toSorted((one, other) => borne(other) - borne(one))[0];
}
