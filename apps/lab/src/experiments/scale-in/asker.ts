import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modes } from '../../bank/modes.js';
import type { CustomerSession } from '../../bank/observer.js';
import type { Connection } from '../../http/connection.js';
import { CookieJar } from '../../http/cookie-jar.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import type { Pod } from '../../platform/platform.js';

const lookEveryMs = 20;
const longestMs = 60_000;

/** Asks for sessions of a pod that goes, and books those that are lost. */
export class Asker {
  constructor(
    private readonly connection: Connection,
    private readonly record: ModeRecord,
    private readonly leaver: Pod,
  ) {}

  /**
   * Asks for one session after the other until another pod than the leaver knows it: a leaver that is still asked hands
   * that one over at once. A pod may not know at first that the owner stops. What is not known when the owner is gone
   * was not handed over.
   */
  async untilElsewhere(sessions: readonly (readonly string[])[], since: number): Promise<number | null> {
    let cause = 'session-misrouted';
    for (let asked = 0; performance.now() < since + longestMs; asked++) {
      const { outcome, servedBy, endedAt } = await this.#request(sessions[asked % sessions.length] ?? []);
      if (outcome.kind === 'ok' && servedBy?.bootId !== this.leaver.bootId) return endedAt - since;
      if (outcome.kind === 'session-lost') cause = outcome.cause;
      if (cause === 'session-owner-gone') break;
      await sleep(lookEveryMs);
    }
    this.#bookLost(cause);
    return null;
  }

  /** Whether the bank knows the session, which is closed then, as nobody will need it. */
  async isKnown(cookies: readonly string[]): Promise<boolean> {
    const { outcome } = await this.#request(cookies);
    if (outcome.kind === 'session-lost') this.#bookLost(outcome.cause);
    if (outcome.kind !== 'ok') return false;
    await this.#request(cookies, 'DELETE');
    return true;
  }

  async #request(cookies: readonly string[], method: 'GET' | 'DELETE' = 'GET'): Promise<RecordedRequest> {
    this.connection.cookies = CookieJar.holding(cookies);
    const { path } = modes[this.record.mode];
    const recorded = await this.connection.send({ operation: 'who', method, path });
    this.record.requestRecorded(recorded, recorded.startedAt);
    return recorded;
  }

  #bookLost(cause: string): void {
    const { name, bootId = '' } = this.leaver;
    const session: CustomerSession = { mode: this.record.mode, home: { pod: name, bootId }, end: undefined };
    this.record.opened(session);
    session.end = { how: 'lost', cause, unfinished: undefined };
    this.record.ended(session);
  }
}
