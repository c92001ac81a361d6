import { setTimeout as sleep } from 'node:timers/promises';
import { askingBy } from '../../customers/asking.js';
import { Connection } from '../../customers/connection.js';
import { CookieJar } from '../../customers/cookie-jar.js';
import type { Customer } from '../../customers/customer.js';
import { bearerOf, signOut } from '../../customers/sign-in.js';
import type { ModeRecord } from '../../load/mode-record.js';
import { modes } from '../../modes.js';
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
 * Lets a customer open a session, copies its cookies, lets the customer sign out at the counter and at auth, and tries the
 * copy: with the affinity cookie, which leads to the pod that saw the sign-out, and without, which leads anywhere.
 */
export async function tryStolenCookie(platform: Platform, customer: Customer, record: ModeRecord): Promise<CookieFate> {
  const { path } = modes[record.mode];
  customer.visit(record.mode);
  const { connection } = customer;
  const asking = askingBy(connection);
  const bearer = await bearerOf(customer, asking);
  await asking({ operation: 'open', method: 'POST', path, bearer });
  const stolen = connection.cookies.for(path);
  const seenBy = await closeSession(connection, path, stolen);
  await signOut(customer, asking);
  const signedOutAt = performance.now();
  const session = stolen.filter((cookie) => !cookie.startsWith('tellers-affinity-'));
  const worked = new Map<string, number>();
  const thief = new Connection(platform.baseUrl);
  let [tries, workedAt] = [0, signedOutAt];
  try {
    while (performance.now() < Math.min(workedAt + refusedForMs, signedOutAt + longestMs)) {
      for (const cookies of [stolen, session, session]) {
        thief.cookies = CookieJar.holding(cookies);
        const askedAt = performance.now();
        const exchange = await thief.send({ operation: 'who', method: 'GET', path });
        record.exchanged(exchange, exchange.startedAt);
        const { outcome, servedBy } = exchange;
        if (servedBy === undefined || outcome.kind === 'refused' || outcome.kind === 'unknown') continue;
        tries++;
        const before = worked.get(servedBy.bootId) ?? 0;
        worked.set(servedBy.bootId, outcome.kind === 'ok' ? (askedAt - signedOutAt) / 1_000 : before);
        if (outcome.kind === 'ok') workedAt = askedAt;
      }
      await sleep(everyMs);
    }
  } finally {
    await thief.close();
  }
  const others = [...worked].filter(([boot]) => boot !== seenBy).map(([, seconds]) => seconds);
  return { seen: worked.get(seenBy) ?? null, other: others.length === 0 ? null : Math.max(...others), tries };
}

/** Signs out at the counter, again where another pod was reached than the session's; gives the boot that saw it. */
async function closeSession(connection: Connection, path: string, cookies: readonly string[]): Promise<string> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    connection.cookies = CookieJar.holding(cookies);
    const { outcome, servedBy } = await connection.send({ operation: 'close', method: 'DELETE', path });
    if (outcome.kind === 'ok' && servedBy !== undefined) return servedBy.bootId;
    await sleep(everyMs / 10);
  }
  throw new Error(`No pod signs the session out at ${path}.`);
}
