import { modes, type ModeName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';
import { uncounted } from '../uncounted.js';
import type { Experiment, Lab } from '../experiment.js';
import { claims, kinds, type SignOutKey } from './claims.js';
import { tryStolenCookie } from './stolen-cookie.js';
import { isOverdue, tryStolenToken, type TokenFates } from './stolen-token.js';
import type { Figures } from '../../statistics/figures.js';

/** A quick run does not wait for a token's end, unless that is near. */
const quickMs = 4_000;

/** Begun before the first experiment of a run, and still under way beside the others. */
const begun = new WeakMap<Platform, Promise<TokenFates>>();

/** Claim 12: what a client carries is stolen, and its owner signs out. */
export const signOut: Experiment<SignOutKey> = {
  name: 'sign-out',
  summary: 'a stolen token or cookie after its owner has signed out: how long it still works, and where',
  claims,
  kinds,
  how:
    'A customer signs in; a thief copies what its client carries: the token in stateless, the cookies in the other modes. ' +
    'The customer signs out of the session, where there is one, and at auth. Then the thief tries cookies four times a second, with ' +
    'the affinity cookie and without, until they were refused for 2.5 s, and one token in every mode once a second until ' +
    'it is refused there; seconds count to the last try that was answered as if nothing had happened. At a stateful service a ' +
    "token opens a session. No account pod ever sees a sign-out, which is auth's alone. The token is tried beside the other " +
    'experiments from the start of the run on, as it takes minutes; one token, so there is one round.',
  rounds: 1,
  together: 'always',
  expectedSeconds: ({ quick }) => (quick ? 4 : 40),
  ahead: (platform, { quick }) => void tokenFates(platform, quick),
  measure,
};

function tokenFates(platform: Platform, quick: boolean): Promise<TokenFates> {
  const known = begun.get(platform);
  if (known !== undefined) return known;
  const fates = tryStolenToken(platform, quick ? quickMs : undefined);
  // Whoever awaits it is told of its fault; nobody may.
  fates.catch(() => undefined);
  begun.set(platform, fates);
  return fates;
}

async function measure(lab: Lab, mode: ModeName): Promise<Figures<SignOutKey>> {
  const { platform, pool, quick } = lab;
  const fates = tokenFates(platform, quick);
  lab.progress(`${mode}: a thief tries what it has stolen`);
  if (modes[mode].style === 'stateless') {
    const token = await tokenFigures(lab, mode, fates);
    return { ...token, seen: null, other: token.token };
  }
  const customer = await pool.take();
  try {
    const { seen, other, tries } = await tryStolenCookie(platform, customer, uncounted(lab, mode));
    const token = await tokenFigures(lab, mode, fates);
    return { ...token, seen, other, tries: tries + (token.tries ?? 0) };
  } finally {
    pool.release(customer);
  }
}

async function tokenFigures(
  lab: Lab,
  mode: ModeName,
  fates: Promise<TokenFates>,
): Promise<Figures<Extract<SignOutKey, 'token' | 'tokenLeft' | 'tries'>>> {
  lab.progress(`${mode}: a stolen token is tried until its end`);
  const fate = (await fates).get(mode);
  if (fate === undefined) return { token: null, tokenLeft: null, tries: 0 };
  if (isOverdue(fate))
    throw new Error(`${mode}: a token worked ${(fate.worked - fate.left).toFixed(0)} s past its time.`);
  const { over, worked, left, tries } = fate;
  if (over || !lab.quick || worked === 0) return { token: worked, tokenLeft: left, tries };
  lab.note(
    `The token worked while it was tried, for ${(quickMs / 1_000).toFixed(0)} s; ` +
      'that it works on to its end is what its own exp says, which a quick run does not wait for.',
  );
  return { token: left, tokenLeft: left, tries };
}
