import { setTimeout as sleep } from 'node:timers/promises';
import { retrying } from '../../http/retry.js';
import { Connection } from '../../http/connection.js';
import { CookieJar } from '../../http/cookie-jar.js';
import { CustomerPool } from '../../bank/pool.js';
import { signIn, signOut } from '../../bank/auth-client.js';
import { modeNames, modes, type ModeName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';

/** How long a token worked in a mode after its owner had signed out. */
export interface TokenFate {
  /** In seconds, to the last try that was answered as if nothing had happened; 0 when none was. */
  worked: number;
  /** Seconds that it had still to live by its own `exp`. */
  readonly left: number;
  tries: number;
  /** Whether it was tried until it was refused. */
  over: boolean;
}

/** Clocks of issuer and verifier may be so far apart, and an answer may take its time. */
const toleranceSeconds = 6;

/** Whether a token was accepted after its own end: no cost of the style, but a fault of the bank. */
export function isOverdue({ worked, left }: Pick<TokenFate, 'worked' | 'left'>): boolean {
  return worked > left + toleranceSeconds;
}

export type TokenFates = ReadonlyMap<ModeName, TokenFate>;

const everyMs = 1_000;
/** By then a token that is refused at its end was refused, were every clock a little off. */
const pastItsEndMs = 15_000;

/** An end that is so near is waited for, whatever the patience. */
const nearMs = 15_000;

/**
 * Lets somebody sign in, copies the token, lets the owner sign out, and tries the copy in every mode once a second
 * until each has refused it, or for `patienceMs` if its end is not near. Somebody of its own, so that it can go on beside other experiments; a
 * try that no pod answers, or with a fault, tells nothing.
 */
export async function tryStolenToken(platform: Platform, patienceMs = Infinity): Promise<TokenFates> {
  await using owners = new CustomerPool(platform.baseUrl);
  await using thief = new Connection(platform.baseUrl);
  await owners.grow(1);
  const owner = await owners.take();
  const send = retrying(owner.connection);
  const { accessToken, expiresAt } = await signIn(owner, send);
  await signOut(owner, send);
  const signedOutAt = performance.now();
  const fates = new Map<ModeName, TokenFate>();
  for (const mode of modeNames) {
    if ((await platform.pods(modes[mode].workload)).length === 0) continue;
    fates.set(mode, { worked: 0, left: (expiresAt - signedOutAt) / 1_000, tries: 0, over: false });
  }
  const isNear = expiresAt - signedOutAt < nearMs;
  const until = isNear ? expiresAt + pastItsEndMs : Math.min(signedOutAt + patienceMs, expiresAt + pastItsEndMs);
  while (performance.now() < until && [...fates.values()].some(({ over }) => !over)) {
    for (const [mode, fate] of fates) {
      if (!fate.over) await tryOnce(thief, mode, accessToken, signedOutAt, fate);
    }
    await sleep(everyMs, undefined, { ref: false });
  }
  return fates;
}

async function tryOnce(
  thief: Connection,
  mode: ModeName,
  bearer: string,
  signedOutAt: number,
  fate: TokenFate,
): Promise<void> {
  const { style, path } = modes[mode];
  thief.cookies = new CookieJar();
  const askedAt = performance.now();
  const { outcome } =
    style === 'stateless'
      ? await thief.send({ operation: 'look', method: 'GET', path: `${path}/accounts`, bearer })
      : await thief.send({ operation: 'open', method: 'POST', path, bearer });
  if (outcome.kind === 'unknown' || outcome.kind === 'refused') return;
  fate.tries++;
  fate.over = outcome.kind === 'session-lost';
  if (outcome.kind !== 'ok') return;
  fate.worked = (askedAt - signedOutAt) / 1_000;
  // What it opened must be nobody's load.
  if (style === 'stateful') await thief.send({ operation: 'close', method: 'DELETE', path });
}
