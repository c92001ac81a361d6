import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, type ProblemTable } from '#libs/service';
import { CustomerPool } from '../customers/pool.js';
import type { Session } from '../customers/witness.js';
import type { VisitAsk, VisitNow } from '../dashboard/web/acting.js';
import { LossLedger } from '../losses/loss-ledger.js';
import type { ModeName } from '../modes.js';
import type { Platform } from '../platform/platform.js';
import { OwnVisit } from './own-visit.js';

export const visitProblems = {
  'too-many-visits': { status: 503, title: 'Too many people visit from the page', headers: { 'retry-after': '60' } },
  'visit-step-refused': { status: 409, title: 'That is no next step of this visit' },
} satisfies ProblemTable;

const most = 20;
const idleMs = 15 * 60_000;
const sweepEveryMs = 60_000;
const explainEveryMs = 100;
/** The ledger gives a platform two seconds to tell how a pod ended. */
const explainWithinMs = 2_500;

/** The visits of people at the page, each as a customer of its own. */
export class OwnVisits {
  readonly #visits = new Map<string, OwnVisit>();
  readonly #ledger = new LossLedger();
  readonly #causes = new WeakMap<Session, string>();
  readonly #sweeping = setInterval(() => this.#sweep(), sweepEveryMs).unref();
  /** Who is on the way. */
  #coming = 0;
  #opened: Promise<unknown> | undefined;

  /** @param ready resolves when a counter can be come to */
  constructor(
    private readonly platform: Pick<Platform, 'baseUrl' | 'watch' | 'pods'>,
    private readonly ready: (mode: ModeName) => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Comes to a counter as a new customer, and signs in. */
  async begin(mode: ModeName): Promise<VisitNow> {
    this.#sweep();
    if (this.#visits.size + this.#coming >= most) {
      throw new CodedError('too-many-visits', `There are ${most} visits already.`);
    }
    this.#coming++;
    try {
      return await (await this.#come(mode)).ask('sign-in');
    } finally {
      this.#coming--;
    }
  }

  /** @throws CodedError not-found, visit-step-refused */
  ask(id: string, ask: VisitAsk): Promise<VisitNow> {
    return this.#found(id).ask(ask);
  }

  now(id: string): VisitNow {
    return this.#found(id).now;
  }

  async end(id: string): Promise<void> {
    const visit = this.#found(id);
    this.#visits.delete(id);
    await visit.end();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    await Promise.all([...this.#visits.keys()].map((id) => this.end(id)));
    this.#ledger.close();
  }

  async #come(mode: ModeName): Promise<OwnVisit> {
    await (this.#opened ??= this.#ledger.open(this.platform));
    await this.ready(mode);
    const pool = new CustomerPool(this.platform.baseUrl);
    await pool.grow(1).catch((error: Error) => {
      throw new CodedError('cannot-here', error.message);
    });
    const customer = await pool.take();
    const id = randomBytes(12).toString('base64url');
    const visit = new OwnVisit({
      id,
      mode,
      customer,
      name: `Customer ${customer.username.slice(-4)}`,
      host: new URL(this.platform.baseUrl).host,
      exchanged: (exchange) => this.#ledger.exchanged(mode, exchange),
      causeOf: (session) => this.#causeOf(session),
    });
    this.#visits.set(id, visit);
    return visit;
  }

  #found(id: string): OwnVisit {
    const visit = this.#visits.get(id);
    if (visit === undefined) {
      throw new CodedError(
        'not-found',
        'There is no such visit: it was idle for too long, or the lab was started anew.',
      );
    }
    return visit;
  }

  #sweep(): void {
    for (const [id, { usedAt }] of this.#visits) {
      if (performance.now() - usedAt > idleMs) void this.end(id);
    }
  }

  async #causeOf(session: Session): Promise<string> {
    this.#ledger.ended(session);
    const deadline = performance.now() + explainWithinMs;
    for (;;) {
      // Another visit's question may settle this session, too.
      for (const { session: settled, cause } of this.#ledger.settle()) this.#causes.set(settled, cause);
      const cause = this.#causes.get(session);
      if (cause !== undefined) return cause;
      if (performance.now() > deadline) return 'unexplained';
      await sleep(explainEveryMs);
    }
  }
}
