import { setTimeout as sleep } from 'node:timers/promises';
import { retrying } from '../../http/retry.js';
import { Connection } from '../../http/connection.js';
import { CookieJar } from '../../http/cookie-jar.js';
import type { BankCustomer } from '../../bank/customer.js';
import { bearerOf, signOut } from '../../bank/auth-client.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modes } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';

/** How long a cookie worked after its session was signed out, in seconds; null for pods that were never reached. */
export interface CookieFate {
  readonly seen: number | null;
  readonly other: number | null;
  readonly tries: number;
}

const everyMs = 250;
/** Refused for so long, it is not taken any more. */
const refusedForMs = 2_500;
const longestMs = 60_000;
const attempts = 40;

/**
 * Lets a customer open a session, copies its cookies, lets the customer sign out of the session and at auth, and tries the
 * copy: with the affinity cookie, which leads to the pod that saw the sign-out, and without, which leads anywhere.
 */
export async function tryStolenCookie(
  platform: Platform,
  customer: BankCustomer,
  record: ModeRecord,
): Promise<CookieFate> {
  const { path } = modes[record.mode];
  customer.useCookiesOf(record.mode);
  const { connection } = customer;
  const send = retrying(connection);
  const bearer = await bearerOf(customer, send);
  await send({ operation: 'open', method: 'POST', path, bearer });
  const stolen = connection.cookies.for(path);
  const seenBy = await closeSession(connection, path, stolen);
  await signOut(customer, send);
  const signedOutAt = performance.now();
  const session = stolen.filter((cookie) => !cookie.startsWith('tellers-affinity-'));
  const worked = new Map<string, number>();
  await using thief = new Connection(platform.baseUrl);
  let [tries, workedAt] = [0, signedOutAt];
  while (performance.now() < Math.min(workedAt + refusedForMs, signedOutAt + longestMs)) {
    for (const cookies of [stolen, session, session]) {
      thief.cookies = CookieJar.holding(cookies);
      const askedAt = performance.now();
      const recorded = await thief.send({ operation: 'who', method: 'GET', path });
      record.requestRecorded(recorded, recorded.startedAt);
      const { outcome, servedBy } = recorded;
      if (servedBy === undefined || outcome.kind === 'refused' || outcome.kind === 'unknown') continue;
      tries++;
      const before = worked.get(servedBy.bootId) ?? 0;
      worked.set(servedBy.bootId, outcome.kind === 'ok' ? (askedAt - signedOutAt) / 1_000 : before);
      if (outcome.kind === 'ok') workedAt = askedAt;
    }
    await sleep(everyMs);
  }
  const others = [...worked].filter(([boot]) => boot !== seenBy).map(([, seconds]) => seconds);
  return { seen: worked.get(seenBy) ?? null, other: others.length === 0 ? null : Math.max(...others), tries };
}

/** Signs out of the session, again where another pod was reached than the session's; gives the boot that saw it. */
async function closeSession(connection: Connection, path: string, cookies: readonly string[]): Promise<string> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    connection.cookies = CookieJar.holding(cookies);
    const { outcome, servedBy } = await connection.send({ operation: 'close', method: 'DELETE', path });
    if (outcome.kind === 'ok' && servedBy !== undefined) return servedBy.bootId;
    await sleep(everyMs / 10);
  }
  throw new Error(`No pod signs the session out at ${path}.`);
}
