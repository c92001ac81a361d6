import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.js';
import type { Ask, Exchange } from './exchange.js';
import { Refused, SessionLost, Unanswered } from './setback.js';

/** Sends a request and gives the reply that counts, or throws a setback. */
export type Asking = (ask: Ask) => Promise<Exchange>;

/** Asks until there is an answer, for work outside any journey. */
export function askingBy(connection: Connection, attempts = 20): Asking {
  return async (ask) => {
    for (let attempt = 1; ; attempt++) {
      const exchange = await connection.send(ask);
      const { outcome } = exchange;
      if (outcome.kind === 'ok') return exchange;
      if (outcome.kind === 'session-lost') throw new SessionLost(outcome.cause);
      if (outcome.kind === 'refused' && (!outcome.again || attempt >= attempts)) throw new Refused(outcome.problem);
      if (outcome.kind === 'unknown' && attempt >= attempts) throw new Unanswered(outcome.why);
      await sleep(exchange.retryAfterMs ?? 250);
    }
  };
}
