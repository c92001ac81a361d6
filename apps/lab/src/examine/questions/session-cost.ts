import { setTimeout as sleep } from 'node:timers/promises';
import { fitLine } from '../../statistics/line-fit.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import { mayChange } from '../journey/may-change.js';
import { middleOf, places, signOutIn } from '../journey/journey-parts.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';

/** Sessions are opened in so many parts, and memory read after each. */
const parts = 8;
const maxSessions = 20_000;
const maxSeconds = 40;
const restMs = 1_000;
const together = 10;
/** So many of them a service is taken to be busy with at a time, which it is mostly in one process. */
const busyWith = 2;

const kinds = {
  slope: { label: 'memory a session', unit: 'bytes', over: 'median' },
  slopeError: { label: 'std. error of it', unit: 'bytes', over: 'median' },
  control: { label: 'memory for as many requests', unit: 'bytes', over: 'median' },
  opened: { label: 'sessions opened', unit: 'count', over: 'median' },
  header: { label: 'request header', unit: 'bytes', over: 'median' },
} as const;

type CostKey = keyof typeof kinds;

/** What a session takes of a replica's memory. */
export const sessionCost = serviceQuestion<CostKey>(
  {
    name: 'session-cost',
    summary: 'how much memory of a replica does an open session take, and how many header bytes a request?',
    columns: [service],
    cannotHere: ({ target }) =>
      target.memory === undefined ? (target.cannot.memory ?? 'its memory cannot be read.') : undefined,
    maxRounds: 1,
    kinds,
    how:
      'At one replica clients first send as many requests as will follow and leave no session open: they sign out where the ' +
      'journey does, else one client sends what only reads again and again. Then new clients walk the journey to its middle ' +
      `and leave their sessions open, as many as the rate, and the service, allow in ${maxSeconds} s. Resident memory is read ${parts} times in each, a ` +
      'second after the last request. A session takes what the least-squares line through the second half of these readings ' +
      'grows by a session, less what that of the first ones does.',
    claims: [
      {
        number: 15,
        sentence: 'An open session takes no memory of a replica.',
        decidedBy: ['slope', 'slopeError', 'opened'],
        rule,
      },
    ],
  },
  measure,
);

/** A slope is told from none by so many standard errors. */
const errorsApart = 2;
/** Less than this is no session. */
const littleBytes = 200;
/** A heap grows and shrinks by so much whatever its process holds, and slower than a line through it can tell. */
const breathingBytes = 30e6;

/** Not if memory grew by more than a heap does by itself; holds if so many sessions would have shown in it, and did not. */
export function rule({ service: figures }: FiguresBy<'service', CostKey>): Verdict {
  if (figures?.slope == null || figures.slopeError === null) return cannotTell('too few sessions were opened.');
  const { slope, slopeError } = figures;
  const opened = figures.opened ?? 0;
  const said = `${slope.toFixed(0)} ± ${slopeError.toFixed(0)} bytes a session, over ${opened} sessions`;
  const isMore = slope - errorsApart * slopeError > littleBytes;
  if (isMore && slope * opened > breathingBytes) return fails(`${said}.`);
  const isLess = slope + errorsApart * slopeError < littleBytes;
  if (isLess && littleBytes * opened > breathingBytes) return holds(`${said}.`);
  return cannotTell(
    `${said}: that is within what a heap grows and shrinks by itself; a higher --rate opens more sessions.`,
  );
}

async function measure(examination: Examination, { draw }: QuestionRound): Promise<FiguresBy<'service', CostKey>> {
  const { target, walker, users, journey, ratePerSecond } = examination;
  const [home] = await target.replicas();
  const header = headerOf(examination);
  if (home === undefined) return { service: { ...nothing, header: await header } };
  const { middle, end } = middleOf(journey);
  const only = places(0, middle);
  const safe = places(0, end).find((index) => !mayChange(journey.requests[index]!)) ?? 0;
  const to = () => home;
  const startedAt = performance.now();
  const client = await walker.walk({ to, only, user: 0 });
  // What the rate has it wait for is not the service's.
  const secondsEach = (performance.now() - startedAt) / 1_000 - (only.length - 1) / ratePerSecond;
  const byService = (busyWith * maxSeconds) / Math.max(secondsEach, 0.001);
  const most = Math.min(maxSessions, (maxSeconds * ratePerSecond) / only.length, byService);
  const size = Math.max(1, Math.floor(most / parts));
  const out = signOutIn(journey);
  const askAgain = (session: number) =>
    out === undefined
      ? walker.walk({ to, only: only.map(() => safe), user: 0, as: client })
      : walker.walk({ to, only: [...only, out], user: session % users.length });
  const open = (session: number) => walker.walk({ to, only, user: session % users.length });
  const control = await readWhile(examination, home.name, size, askAgain, 'requests that leave no session open');
  const read = await readWhile(examination, home.name, size, open, 'sessions opened');
  draw({
    title: 'Memory of a replica against open sessions',
    about: `${home.name} has ${size * parts} sessions in the end; beside them as many requests that leave none open.`,
    x: { label: 'open sessions', unit: 'count', scale: 'linear' },
    y: { label: 'resident memory', unit: 'bytes', scale: 'linear' },
    series: [
      { name: 'sessions opened', style: 'points', points: read },
      { name: 'no session left open', style: 'points', points: control },
    ],
  });
  // In the first half a process grows whatever it is asked.
  const [fit, grown] = [read, control].map((points) => fitLine(points.slice(Math.floor(parts / 2))));
  if (fit === undefined || grown === undefined) return { service: { ...nothing, header: await header } };
  const errors = [fit.slopeError, grown.slopeError];
  return {
    service: {
      slope: fit.slope - grown.slope,
      slopeError: errors.every((error) => error !== null) ? Math.hypot(...errors) : null,
      control: grown.slope,
      opened: size * parts,
      header: await header,
    },
  };
}

const nothing = { slope: null, slopeError: null, control: null, opened: 0 };

/** Does something so often in each part, some at the same time, and reads memory after each: how often it was, bytes. */
async function readWhile(
  { target, stopping, progress }: Examination,
  replica: string,
  size: number,
  act: (place: number) => Promise<unknown>,
  what: string,
): Promise<[number, number][]> {
  const read: [number, number][] = [];
  for (let done = 0; done <= size * parts; done += size) {
    await sleep(restMs, undefined, { signal: stopping });
    const bytes = (await target.memory?.())?.get(replica);
    if (bytes !== undefined) read.push([done, bytes]);
    if (done === size * parts) break;
    progress(`session-cost: ${done} of ${size * parts} ${what}`);
    for (let acted = 0; acted < size; acted += together) {
      await Promise.all(places(done + acted, done + Math.min(size, acted + together)).map(act));
    }
  }
  return read;
}

/** The mean over a walk at rest. */
async function headerOf(examination: Examination): Promise<number | null> {
  const [walk] = (await examination.atRest(0)).walks;
  const bytes = walk?.steps.map(({ reply }) => reply.bytes.requestHeader) ?? [];
  return bytes.length === 0 ? null : bytes.reduce((sum, one) => sum + one, 0) / bytes.length;
}
