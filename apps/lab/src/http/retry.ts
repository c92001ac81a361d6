import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.js';
import type { PreparedRequest, RecordedRequest } from './recorded-request.js';
import { RequestRefused, SessionLost, NoAnswer } from './step-error.js';

/** Sends a request and gives the reply that counts, or throws a step error. */
export type Send = (request: PreparedRequest) => Promise<RecordedRequest>;

/** Asks until there is an answer, for work outside any journey. */
export function retrying(connection: Connection, attempts = 20): Send {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const recorded = await connection.send(request);
      const { outcome } = recorded;
      if (outcome.kind === 'ok') return recorded;
      if (outcome.kind === 'session-lost') throw new SessionLost(outcome.cause);
      if (outcome.kind === 'refused' && (!outcome.again || attempt >= attempts))
        throw new RequestRefused(outcome.problem);
      if (outcome.kind === 'unknown' && attempt >= attempts) throw new NoAnswer(outcome.why);
      await sleep(recorded.retryAfterMs ?? 250);
    }
  };
}
