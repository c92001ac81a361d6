import { median } from '../../statistics/estimate.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import type { WalkedStep } from '../walk/walker.js';
import { looksLikeContent, nameOf, valueOf } from './cookies.js';
import { unguarded, cookiesSet, inWords } from './cookie-flags.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';

/** An id and its signature are smaller. */
const idBytes = 256;

const kinds = {
  cookies: { label: 'cookies', unit: 'count', over: 'median' },
  unguarded: { label: 'cookies without a guard', unit: 'count', over: 'median' },
  carried: { label: 'cookies and tokens, a request', unit: 'bytes', over: 'median' },
  header: { label: 'request header', unit: 'bytes', over: 'median' },
  repeated: { label: 'carried again unchanged', unit: 'percent', over: 'median' },
  content: { label: 'cookies, tokens with content', unit: 'count', over: 'median' },
} as const;

type CarriedKey = keyof typeof kinds;

/** What a client brings to each request, and how it is guarded. */
export const clientCarries = serviceQuestion<CarriedKey>(
  {
    name: 'client-carries',
    summary: 'what does a client bring to each request, how much of it again and again, and how is it guarded?',
    columns: [service],
    cannotHere: () => undefined,
    maxRounds: 1,
    kinds,
    how:
      'Read from a walk at rest: Set-Cookie lines with their attributes, the cookies and the Authorization header that went ' +
      'with each request after the first, and the bytes of request headers on the wire; medians over the requests, of what is ' +
      'carried over those that bring any. Carried again unchanged is the share of those bytes that the request before it ' +
      'brought as well. Content is what can be read as JSON, inflates, or is longer than any id. A cookie is guarded if ' +
      'scripts cannot read it (HttpOnly; not asked of one that the page itself must read), other sites do not send it ' +
      '(SameSite), and, where the service speaks TLS, it never goes in plain (Secure).',
    claims: [
      {
        number: 3,
        sentence: 'A client carries no more than an id: its story stays with the service.',
        decidedBy: ['carried', 'content'],
        rule: idAlone,
      },
      {
        number: 4,
        sentence: 'Each cookie is guarded: HttpOnly, SameSite, and Secure over TLS.',
        decidedBy: ['unguarded', 'cookies'],
        rule: guarded,
      },
    ],
  },
  measure,
);

/** Holds if nothing that looks like content is carried, and no more than an id takes. */
function idAlone({ service: figures }: FiguresBy<'service', CarriedKey>): Verdict {
  if (figures?.carried == null) return cannotTell('no second request was sent.');
  const { carried, content } = figures;
  if (carried === 0) return holds('it carries nothing at all.');
  const said = `${carried.toFixed(0)} bytes a request, and ${content} of its cookies and tokens hold content.`;
  return content === 0 && carried <= idBytes ? holds(said) : fails(said);
}

function guarded({ service: figures }: FiguresBy<'service', CarriedKey>): Verdict {
  if (figures?.cookies == null || figures.cookies === 0) return cannotTell('the service sets no cookie.');
  const said = `${figures.unguarded} of ${figures.cookies} cookies lack a guard.`;
  return figures.unguarded === 0 ? holds(said) : fails(said);
}

async function measure(examination: Examination, { note }: QuestionRound): Promise<FiguresBy<'service', CarriedKey>> {
  const { target, journey } = examination;
  const [walk] = (await examination.atRest(0)).walks;
  const steps = walk?.steps.filter(({ missing }) => missing === undefined) ?? [];
  const cookies = cookiesSet(steps);
  const readable = journey.requests.flatMap(({ takes }) =>
    takes.flatMap(({ from }) => (from.kind === 'cookie' ? [from.cookie] : [])),
  );
  const isTls = target.frontDoor?.startsWith('https:') ?? false;
  const lacking = cookies.filter((cookie) => unguarded(cookie, { isTls, isReadable: readable.includes(cookie.name) }));
  for (const cookie of cookies) note(inWords(cookie));
  if (!isTls && cookies.length > 0) note('The service is asked without TLS here, where no cookie need be Secure.');
  const later = steps.slice(1);
  const carried = later.map((step) => sumOf(credentialsOf(step))).filter((bytes) => bytes > 0);
  return {
    service: {
      cookies: cookies.length,
      unguarded: lacking.length,
      carried: later.length > 0 && carried.length === 0 ? 0 : median(carried),
      header: median(later.map(({ reply }) => reply.bytes.requestHeader)),
      repeated: repeatedPercent(steps),
      content: new Set(
        later
          .flatMap(credentialsOf)
          .filter(({ value }) => looksLikeContent(value))
          .map(({ name }) => name),
      ).size,
    },
  };
}

interface Credential {
  readonly name: string;
  readonly value: string;
}

/** What a step brought to tell who asks; the name of a token is its header's. */
function credentialsOf({ cookies, request }: WalkedStep): Credential[] {
  const token = request.headers['authorization'];
  return [
    ...cookies.map((cookie) => ({ name: nameOf(cookie), value: valueOf(cookie) })),
    ...(token === undefined ? [] : [{ name: 'authorization', value: token.split(' ').at(-1) ?? '' }]),
  ];
}

const sumOf = (credentials: readonly Credential[]): number =>
  credentials.reduce((sum, { name, value }) => sum + Buffer.byteLength(name + value) + 1, 0);

function repeatedPercent(steps: readonly WalkedStep[]): number | null {
  let [all, again] = [0, 0];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1] === undefined ? [] : credentialsOf(steps[index - 1]!);
    const now = credentialsOf(step);
    all += sumOf(now);
    again += sumOf(now.filter(({ name, value }) => before.some((one) => one.name === name && one.value === value)));
  }
  return all === 0 ? null : (100 * again) / all;
}
