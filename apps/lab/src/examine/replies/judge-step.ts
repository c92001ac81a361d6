import type { JourneyRequest, KeptWhen } from '../journey/journey.js';
import type { Reply } from '../walk/reply.js';
import { answered, shown, type Difference, type Mask } from './difference.js';
import { otherUsersData } from './personal.js';
import { readReply, type ReadReply } from './read-reply.js';
import { asksToSignIn } from './sign-in.js';
import type { Variation } from './variation.js';

/** How a step shows that its session is lost. */
export type StepLoss =
  'sent to sign in' | 'refused' | 'sent elsewhere' | 'emptied' | 'changed' | "another user's data" | 'missing value';

/** What a reply shows of its session. */
export interface JudgedReply {
  readonly ruling: 'kept' | 'lost' | 'failed';
  /** Of a session that is lost. */
  readonly how: StepLoss | undefined;
  /** Reads on from "it": `answers 401 where it answered 200`; empty where the session is kept. */
  readonly why: string;
}

const kept: JudgedReply = { ruling: 'kept', how: undefined, why: '' };

/** What else is known of a step that is judged. */
export interface JudgementContext {
  /** The value that was missing, so that nothing was sent. */
  readonly missing?: string | undefined;
  /** What other users were told at this step. */
  readonly others?: readonly ReadReply[];
  readonly mask?: Mask;
}

/**
 * Whether a step gave what it gives. What it gave at rest, to clients that each came there by the same requests, is the
 * measure: what is no longer there, or other, is lost; what is new beside it is not. What the journey says that keeps a
 * session goes before that.
 */
export function judgeStep(
  { keeps }: Pick<JourneyRequest, 'keeps'>,
  atRest: readonly ReadReply[],
  reply: Reply,
  variation: Variation,
  { missing, others = [], mask = String }: JudgementContext = {},
): JudgedReply {
  if (missing !== undefined) return lost('missing value', `brings ${missing}, which no reply had given`);
  const read = readReply(reply);
  if (keeps !== undefined) return judgeByJourney(keeps, read, mask);
  const usual = atRest.find(({ status }) => status === read.status) ?? atRest[0];
  if (fails(read) && usual?.status !== read.status)
    return { ruling: 'failed', how: undefined, why: answered(read, mask) };
  const [shownOfOthers] = otherUsersData(read, atRest, others, variation, mask);
  if (shownOfOthers !== undefined) return lost("another user's data", shownOfOthers);
  const why =
    usual === undefined
      ? answered(read, mask)
      : `${answered(read, mask)} where it ${answered(usual, mask, 'answered')}`;
  if (asksToSignIn(read) && !atRest.some(asksToSignIn)) {
    return lost('sent to sign in', read.asksPassword ? 'asks for a password, which it did not' : why);
  }
  if (read.status !== usual?.status && read.status! >= 400) return lost('refused', why);
  if (usual === undefined || isUnchanged(read, usual)) return kept;
  const settled = variation.withLike([usual, ...atRest.filter((other) => other !== usual)]);
  const evidence = settled
    .differences(usual, read, mask)
    .filter(({ kind, idsAlone }) => kind !== 'new' && kind !== 'cookie' && !(idsAlone && !settled.hasLearned));
  return evidence.length === 0 ? kept : lost(howOf(evidence, read), inWords(evidence));
}

/** A journey that says nothing of the status does not take a failure for an answer. */
function judgeByJourney({ status, contains, lacks }: KeptWhen, read: ReadReply, mask: Mask): JudgedReply {
  const faults = [
    ...(status !== undefined && read.status !== status
      ? [`${answered(read, mask)} where ${status} keeps the session`]
      : []),
    ...(contains !== undefined && !read.body.includes(contains) ? [`lacks ${shown(contains, mask)}`] : []),
    ...(lacks !== undefined && read.body.includes(lacks) ? [`says ${shown(lacks, mask)}`] : []),
  ];
  if (fails(read) && (status === undefined || faults.length > 0))
    return { ruling: 'failed', how: undefined, why: answered(read, mask) };
  if (faults.length === 0) return kept;
  const how = asksToSignIn(read) ? 'sent to sign in' : read.status! >= 400 ? 'refused' : 'changed';
  return lost(how, faults.join('; '));
}

/** No reply, a fault of the service or its front door, or a limit. */
function fails({ status }: ReadReply): boolean {
  return status === undefined || status >= 500 || status === 429;
}

/** Says of itself that it is what the client has. */
function isUnchanged(read: ReadReply, usual: ReadReply): boolean {
  const statuses = [read.status, usual.status];
  return statuses.includes(304) && statuses.some((status) => status === 200 || status === 304);
}

function howOf(evidence: readonly Difference[], { location }: ReadReply): StepLoss {
  const has = (kind: Difference['kind']) => evidence.some((difference) => difference.kind === kind);
  if (has('redirect') || (has('status') && location !== undefined)) return 'sent elsewhere';
  return has('emptied') ? 'emptied' : 'changed';
}

/** The first differences, and how many more there are. */
export function inWords(differences: readonly Pick<Difference, 'words'>[], most = 3): string {
  const told = differences.slice(0, most).map(({ words }) => words);
  const more = differences.length - told.length;
  return told.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function lost(how: StepLoss, why: string): JudgedReply {
  return { ruling: 'lost', how, why };
}
