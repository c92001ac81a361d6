import { median } from '../../statistics/estimate.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import type { WalkedStep } from '../walk/walker.js';
import { longestId } from './cookies.js';
import { bytesOf, contentAmong, credentialsOf } from './credentials.js';
import { unguarded, cookiesSet, inWords } from './cookie-flags.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';

/** The longest id, and the name that it is brought by. */
const idBytes = longestId + 64;

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
      'brought as well. Content is what can be read as JSON or as text, as it is or in Base64, inflates, is encrypted, ' +
      `or is longer than any id (${longestId} characters of one alphabet); the notes say which, and why. A cookie is guarded if ` +
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

/** Holds if nothing that counts as content is carried, and no more than an id takes. */
export function idAlone({ service: figures }: FiguresBy<'service', CarriedKey>): Verdict {
  if (figures?.carried == null) return cannotTell('no second request was sent.');
  const { carried, content } = figures;
  if (carried === 0) return holds('it carries nothing at all.');
  const more = carried > idBytes ? `, more than the ${idBytes} that an id and its name take` : '';
  const counts = content === 1 ? 'counts' : 'count';
  const said = `${carried.toFixed(0)} bytes a request${more}, and ${content} of its cookies and tokens ${counts} as content.`;
  return content === 0 && more === '' ? holds(said) : fails(said);
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
  const carried = later.map((step) => bytesOf(credentialsOf(step))).filter((bytes) => bytes > 0);
  const content = contentAmong(later.flatMap(credentialsOf));
  for (const why of content.values()) note(why);
  return {
    service: {
      cookies: cookies.length,
      unguarded: lacking.length,
      carried: later.length > 0 && carried.length === 0 ? 0 : median(carried),
      header: median(later.map(({ reply }) => reply.bytes.requestHeader)),
      repeated: repeatedPercent(steps),
      content: content.size,
    },
  };
}

function repeatedPercent(steps: readonly WalkedStep[]): number | null {
  let [all, again] = [0, 0];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1] === undefined ? [] : credentialsOf(steps[index - 1]!);
    const now = credentialsOf(step);
    all += bytesOf(now);
    again += bytesOf(now.filter(({ name, value }) => before.some((one) => one.name === name && one.value === value)));
  }
  return all === 0 ? null : (100 * again) / all;
}
