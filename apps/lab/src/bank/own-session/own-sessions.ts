import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, type ProblemTable } from '#libs/service';
import { CustomerPool } from '../pool.js';
import type { OwnSessionStep, OwnSessionSnapshot } from '../../protocol/actions.js';
import { LossLedger } from '../../losses/loss-ledger.js';
import { type ModeName } from '../modes.js';
import type { Platform } from '../../platform/platform.js';
import { OwnSession } from './own-session.js';
import type { CustomerSession } from '../observer.js';
import { bankLosses } from '../losses.js';

export const ownSessionProblems = {
  'too-many-own-sessions': {
    status: 503,
    title: 'Too many people have a session from the page',
    headers: { 'retry-after': '60' },
  },
  'own-session-step-refused': { status: 409, title: 'That is no next step of this session' },
} satisfies ProblemTable;

const max = 20;
const idleMs = 15 * 60_000;
const sweepEveryMs = 60_000;
const explainEveryMs = 100;
/** The ledger gives a platform two seconds to tell how a pod ended. */
const explainWithinMs = 2_500;

/** The own sessions of people at the page, each as a customer of its own. */
export class OwnSessions {
  readonly #sessions = new Map<string, OwnSession>();
  readonly #ledger = new LossLedger(bankLosses);
  readonly #causes = new WeakMap<CustomerSession, string>();
  readonly #sweeping = setInterval(() => this.#sweep(), sweepEveryMs).unref();
  /** Who is on the way. */
  #coming = 0;
  #opened: Promise<unknown> | undefined;

  /** @param ready resolves when a mode can be come to */
  constructor(
    private readonly platform: Pick<Platform, 'baseUrl' | 'watch' | 'pods'>,
    private readonly ready: (mode: ModeName) => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Comes to a mode as a new customer, and signs in. */
  async begin(mode: ModeName): Promise<OwnSessionSnapshot> {
    this.#sweep();
    if (this.#sessions.size + this.#coming >= max) {
      throw new CodedError('too-many-own-sessions', `There are ${max} sessions already.`);
    }
    this.#coming++;
    try {
      return await (await this.#come(mode)).ask('sign-in');
    } finally {
      this.#coming--;
    }
  }

  /** @throws CodedError not-found, own-session-step-refused */
  ask(id: string, ask: OwnSessionStep): Promise<OwnSessionSnapshot> {
    return this.#found(id).ask(ask);
  }

  now(id: string): OwnSessionSnapshot {
    return this.#found(id).now;
  }

  async end(id: string): Promise<void> {
    const clientSession = this.#found(id);
    this.#sessions.delete(id);
    await clientSession.end();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    await Promise.all([...this.#sessions.keys()].map((id) => this.end(id)));
    this.#ledger.close();
  }

  async #come(mode: ModeName): Promise<OwnSession> {
    await (this.#opened ??= this.#ledger.open(this.platform));
    await this.ready(mode);
    const pool = new CustomerPool(this.platform.baseUrl);
    await pool.grow(1).catch((error: Error) => {
      throw new CodedError('cannot-here', error.message);
    });
    const customer = await pool.take();
    const id = randomBytes(12).toString('base64url');
    const clientSession = new OwnSession({
      id,
      mode,
      customer,
      name: `Customer ${customer.username.slice(-4)}`,
      host: new URL(this.platform.baseUrl).host,
      requestRecorded: (recorded) => this.#ledger.requestRecorded(mode, recorded),
      causeOf: (session) => this.#causeOf(session),
    });
    this.#sessions.set(id, clientSession);
    return clientSession;
  }

  #found(id: string): OwnSession {
    const clientSession = this.#sessions.get(id);
    if (clientSession === undefined) {
      throw new CodedError(
        'not-found',
        'There is no such session: it was idle for too long, or the lab was started anew.',
      );
    }
    return clientSession;
  }

  #sweep(): void {
    for (const [id, { usedAt }] of this.#sessions) {
      if (performance.now() - usedAt > idleMs) void this.end(id);
    }
  }

  async #causeOf(session: CustomerSession): Promise<string> {
    this.#ledger.ended(session);
    const deadline = performance.now() + explainWithinMs;
    for (;;) {
      // Another session's question may settle this session, too.
      for (const { session: settled, cause } of this.#ledger.settle()) this.#causes.set(settled, cause);
      const cause = this.#causes.get(session);
      if (cause !== undefined) return cause;
      if (performance.now() > deadline) return 'unexplained';
      await sleep(explainEveryMs);
    }
  }
}
