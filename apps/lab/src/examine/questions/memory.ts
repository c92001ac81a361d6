import { places } from '../journey/journey-parts.js';
import type { Figures, FiguresBy } from '../../statistics/figures.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { Replica } from '../target/target.js';
import type { JudgedReply } from '../replies/judge-step.js';
import { memoryOutside, type OutsideMemory } from './memory-outside.js';
import { probe, type ProbedRequest } from './probed-request.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { homeOf, lastOf, sendTo } from './walks.js';

/** Each costs the walk that leads to it: as many as this show where memory lies. */
const maxProbed = 25;
/** A fresh process takes seconds. */
const maxFresh = 4;
const settledWithinMs = 60_000;

const kinds = {
  requests: { label: 'requests of the journey', unit: 'count', over: 'median' },
  needing: { label: 'alone: another reply', unit: 'count', over: 'median' },
  otherLost: { label: 'another replica: lost', unit: 'count', over: 'median' },
  freshLost: { label: 'a fresh process: lost', unit: 'count', over: 'median' },
  inProcess: { label: 'memory in the process', unit: 'count', over: 'median' },
  inClient: { label: 'memory that the client carries', unit: 'count', over: 'median' },
  inShared: { label: 'memory in a shared store', unit: 'count', over: 'median' },
} as const;

type ServiceMemoryKey = keyof typeof kinds;

/** Where the memory lies that a request goes by. */
export type MemoryPlace = 'nowhere' | 'process' | 'unknown' | OutsideMemory;

/** The journey at one replica, at another one, and in a fresh process. */
export const memory = serviceQuestion<ServiceMemoryKey>(
  {
    name: 'memory',
    summary: 'does a reply depend on memory in a replica’s process, in a shared store, or in what the client carries?',
    columns: [service],
    cannotHere: ({ target }) => target.cannot.replicas,
    maxRounds: 2,
    kinds,
    how:
      'For each request of the journey a new client walks up to it at one replica and then sends it to another one; and, ' +
      'where replicas may be killed, to the same one after a crash. A reply is lost if it is not what it is at rest, beside ' +
      'what varies there on its own: the same was asked twice of one replica, and once of each other. A request goes by ' +
      'memory if a new client that sends it alone gets another reply. Memory that survives both lies outside: in a shared ' +
      'store if a client that has not seen the last change is shown it all the same; else by the look of the cookie or token ' +
      'that the reply depends on, which holds content that can be read or is long, or is an id.',
    claims: [
      {
        number: 1,
        sentence: 'No reply depends on memory in a replica’s process: any replica can serve any request.',
        decidedBy: ['inProcess', 'otherLost', 'freshLost'],
        rule,
      },
    ],
  },
  measure,
);

/** Holds if no request is lost at another replica or in a fresh process; not if one is. */
function rule({ service: figures }: FiguresBy<'service', ServiceMemoryKey>): Verdict {
  if (figures === undefined || (figures.otherLost === null && figures.freshLost === null)) {
    return cannotTell('it takes two replicas, or one that may be killed.');
  }
  const { requests, needing, otherLost, freshLost, inClient, inShared } = figures;
  const ways = [
    ...(otherLost === null ? [] : [`another replica loses ${otherLost}`]),
    ...(freshLost === null ? [] : [`a fresh process loses ${freshLost}`]),
  ].join(', ');
  const rest = `of ${requests} requests ${needing} get another reply alone; ${ways}`;
  if ((otherLost ?? 0) + (freshLost ?? 0) > 0) return fails(`${rest}.`);
  const outside = `${inShared} go by a shared store, ${inClient} by what the client carries`;
  return holds(`${rest}; ${outside}.`);
}

interface RequestMemory {
  readonly needs: JudgedReply;
  readonly other: JudgedReply | undefined;
  readonly fresh: JudgedReply | undefined;
  readonly lies: MemoryPlace;
}

async function measure(
  examination: Examination,
  { note }: QuestionRound,
): Promise<FiguresBy<'service', ServiceMemoryKey>> {
  const { journey, target, mayBreak } = examination;
  const atRest = await examination.atRest(0);
  const found: RequestMemory[] = [];
  let restarts = mayBreak && target.kill !== undefined ? maxFresh : 0;
  for (const [index, { name }] of journey.requests.slice(0, maxProbed).entries()) {
    examination.progress(`memory: ${name}`);
    const replicas = await target.replicas();
    const request = { examination, atRest, index, home: replicas[0] ?? ('front door' as const) };
    const needs = atRest.alone[index]!;
    const elsewhere = replicas[1 + (index % Math.max(1, replicas.length - 1))];
    const other = elsewhere && (await probe(request, elsewhere, places(0, index)));
    const isFreshTried = needs.ruling !== 'kept' && restarts > 0;
    if (isFreshTried) restarts--;
    const fresh = isFreshTried ? await afterCrash(request) : undefined;
    // Where one was killed, another serves now.
    const lies = await memoryOf({ ...request, home: await homeOf(examination) }, needs, [other, fresh]);
    found.push({ needs, other, fresh, lies });
    note(inWords(name, found.at(-1)!));
  }
  for (const sentence of notesOn(examination, restarts)) note(sentence);
  return { service: figuresOf(found) };
}

async function afterCrash({ examination, atRest, index, home }: ProbedRequest): Promise<JudgedReply | undefined> {
  const { target } = examination;
  if (home === 'front door') return undefined;
  const client = await sendTo(examination, home, places(0, index));
  const fresh = await crashed(examination, home);
  if (fresh === undefined) return undefined;
  const step = lastOf(await sendTo(examination, fresh, [index], client));
  await target.settled(settledWithinMs);
  return atRest.judge(step);
}

/** Kills a replica, and gives the process that came in its place once all serve again. */
async function crashed({ target }: Examination, victim: Replica): Promise<Replica | undefined> {
  const before = new Set((await target.replicas()).map(({ name }) => name));
  await target.kill?.(victim.name);
  await target.settled(settledWithinMs);
  const now = await target.replicas();
  return now.find(({ name }) => name === victim.name) ?? now.find(({ name }) => !before.has(name));
}

async function memoryOf(
  request: ProbedRequest,
  needs: JudgedReply,
  elsewhere: readonly (JudgedReply | undefined)[],
): Promise<MemoryPlace> {
  if (elsewhere.some((one) => one !== undefined && one.ruling !== 'kept')) return 'process';
  if (needs.ruling === 'kept') return 'nowhere';
  return elsewhere.every((one) => one === undefined) ? 'unknown' : memoryOutside(request);
}

function figuresOf(found: readonly RequestMemory[]): Figures<ServiceMemoryKey> {
  const lostBy = (way: 'other' | 'fresh'): number | null => {
    const tried = found.flatMap((one) => one[way] ?? []);
    return tried.length === 0 ? null : tried.filter(({ ruling }) => ruling !== 'kept').length;
  };
  const lying = (place: MemoryPlace): number => found.filter(({ lies }) => lies === place).length;
  return {
    requests: found.length,
    needing: found.filter(({ needs }) => needs.ruling !== 'kept').length,
    otherLost: lostBy('other'),
    freshLost: lostBy('fresh'),
    inProcess: lying('process'),
    inClient: lying('client'),
    inShared: lying('shared'),
  };
}

const lyingInWords: Readonly<Record<MemoryPlace, string>> = {
  nowhere: 'needs no memory',
  process: 'goes by memory in the process',
  client: 'goes by what the client carries',
  shared: 'goes by a shared store',
  unknown: 'needs an earlier request; where that is remembered, nothing here tells',
};

function inWords(name: string, { needs, other, fresh, lies }: RequestMemory): string {
  const ways = [
    ['alone', needs],
    ['at another replica', other],
    ['after a crash', fresh],
  ] as const;
  const told = ways.flatMap(([way, one]) =>
    one === undefined ? [] : [`${way}: ${one.ruling === 'kept' ? 'the same' : one.why}`],
  );
  return `${name} ${lyingInWords[lies]} (${told.join('; ')}).`;
}

function notesOn({ journey, target, mayBreak }: Examination, restartsLeft: number): string[] {
  const left = journey.requests.length - maxProbed;
  return [
    ...(mayBreak && target.killNote !== undefined ? [target.killNote] : []),
    ...(left > 0 ? [`The last ${left} requests of the journey were not tried: ${maxProbed} are the most.`] : []),
    ...(target.kill === undefined || !mayBreak
      ? [`No fresh process was tried: ${target.cannot.kill ?? 'nothing may be killed here.'}`]
      : restartsLeft === 0
        ? [`A fresh process was tried for the first ${maxFresh} requests that need an earlier one.`]
        : []),
  ];
}
