import { Counter } from 'prom-client';
import type { Clock, Metrics, PodIdentity } from '#libs/service';
import type { HandoffStore } from '../stores/handoff-store.js';
import { Excess } from './excess.js';
import { IdleFirst } from './idle-first.js';
import type { LoadBoard } from './load-board.js';

export const REBALANCER = Symbol('REBALANCER');

export interface RebalancingSettings {
  /** Share (0 to 1) of the average above which a pod lets sessions go. */
  readonly tolerance: number;
  /** Sessions that it lets go in a second, at most. */
  readonly perSecond: number;
  /** Share (0 to 1) of a second's requests that may let their session go, but for one, so that it goes on. */
  readonly ofRequests: number;
}

const beatMs = 1_000;
/** For so many beats a session that was let go is counted as on its way; most clients have come back by then. */
const transitBeats = 3;
/** A front door that spreads new clients evenly sends some back to the full pod, which lets them go again; so often, at most. */
const mostTries = 5;
const rememberedMs = 60_000;

/**
 * Evens out how many sessions the pods of a mode hold, while all serve. No front door can be told to move a client; but one
 * without the affinity cookie is led anywhere. So a pod with too many writes a session out before it answers that session's
 * request, and takes the cookie from the client: whichever pod is reached next adopts the session.
 */
export class Rebalancer {
  readonly #excess: Excess;
  readonly #idle = new IdleFirst();
  readonly #requests = new Map<string, { count: number; idleMs: number }>();
  /** Sessions that were let go, how often, and when last: those that come back here go on. */
  readonly #going = new Map<string, { tries: number; at: number }>();
  readonly #transit = Array.from({ length: transitBeats }, () => 0);
  readonly #letGo: Counter;
  /** Requests since the last beat, and those of them that let a session go. */
  #asked = 0;
  #gone = 0;
  /** How many more may go before the next beat. */
  #owed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Pick<HandoffStore, 'held' | 'idleMs' | 'letGo'>,
    private readonly settings: RebalancingSettings,
    private readonly board: LoadBoard,
    private readonly pod: PodIdentity,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#excess = new Excess(settings.tolerance);
    this.#letGo = new Counter({
      name: 'tellers_sessions_let_go_total',
      help: 'Sessions that this pod let go to others, as it held more than they',
      registers: [metrics.registry],
    });
  }

  start(): void {
    this.#timer = setInterval(() => void this.beat(), beatMs).unref();
  }

  /** Lets nothing go any more, and is counted on by nobody. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#owed = 0;
    this.#going.clear();
    await this.board.leave(this.pod.bootId).catch(() => {
      // Its row grows stale by itself.
    });
  }

  /** A request of a session begins. */
  began(id: string): void {
    this.#asked += 1;
    const known = this.#requests.get(id);
    if (known) known.count += 1;
    else this.#requests.set(id, { count: 1, idleMs: this.store.idleMs(id) });
  }

  /** A request of a session has ended, whatever became of it. */
  ended(id: string): void {
    const known = this.#requests.get(id);
    if (known === undefined) return;
    known.count -= 1;
    if (known.count === 0) this.#requests.delete(id);
  }

  /** Whether a request's session was let go, just before the answer: its client is to lose the affinity cookie. */
  async letGo(id: string): Promise<boolean> {
    const tries = this.#going.get(id)?.tries ?? 0;
    if (this.#owed === 0 && tries === 0) return false;
    const request = this.#requests.get(id);
    // Another request of it is under way, and would find it gone.
    if (request?.count !== 1 || tries >= mostTries) return false;
    if (tries === 0) {
      if (request.idleMs < this.#idle.leastMs) return false;
      if (this.#isShareSpent) return false;
      this.#owed -= 1;
      this.#gone += 1;
    }
    try {
      if (!(await this.store.letGo(id))) return false;
    } catch {
      // Who cannot reach the store keeps what it has.
      this.#owed = 0;
      return false;
    }
    // The longest ago first, by which those are found that are to be forgotten.
    this.#going.delete(id);
    this.#going.set(id, { tries: tries + 1, at: this.clock.now() });
    this.#transit[0]! += 1;
    this.#letGo.inc();
    return true;
  }

  /** Says how full this pod is, hears of the others, and decides how many sessions may go. */
  async beat(): Promise<void> {
    this.#idle.adapt(this.#owed === 0 || this.#isShareSpent);
    this.#owed = 0;
    [this.#asked, this.#gone] = [0, 0];
    const { held } = this.store;
    const onTheirWay = this.#transit.reduce((sum, count) => sum + count, 0);
    this.#transit.pop();
    this.#transit.unshift(0);
    this.#forget();
    try {
      const loads = await this.board.exchange({
        bootId: this.pod.bootId,
        sessions: held + onTheirWay,
        isLettingGo: this.#going.size > 0,
      });
      const excess = this.#excess.of(
        held,
        loads.map(({ sessions }) => sessions),
      );
      this.#owed = Math.min(excess, Math.ceil((this.settings.perSecond * beatMs) / 1_000));
    } catch {
      // The next beat tries again; the connection's own log has the fault.
    }
  }

  get #isShareSpent(): boolean {
    return this.#gone > 0 && this.#gone >= this.#asked * this.settings.ofRequests;
  }

  #forget(): void {
    const before = this.clock.now() - rememberedMs;
    for (const [id, { at }] of this.#going) {
      if (at > before) return;
      this.#going.delete(id);
    }
  }
}
