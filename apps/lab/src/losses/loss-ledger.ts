import type { Exchange } from '../customers/exchange.js';
import type { Session } from '../customers/witness.js';
import type { LossObserver } from '../load/loss-observer.js';
import { modeNames, type ModeName } from '../modes.js';
import type { Platform } from '../platform/platform.js';
import { BootEnds } from './boot-ends.js';
import { causeOfFailure, causeOfLoss, lossCauses, type BootEnd, type LossCause } from './cause.js';

/** What was booked under one cause in one mode. */
export interface LossRow {
  readonly mode: ModeName;
  readonly cause: LossCause;
  readonly sessions: number;
  readonly requests: number;
  /** The first one in words, where no cause explains it. */
  readonly example?: string;
}

interface LostSession {
  readonly mode: ModeName;
  readonly session: Session;
  readonly at: number;
}

interface FailedRequest {
  readonly mode: ModeName;
  readonly cause: LossCause;
  readonly words: string;
}

/**
 * A watch may tell that a pod is gone a moment after a customer was told so. What no pod's end explains is looked at
 * again with this much patience.
 */
const watchLagMs = 2_000;

/** Books each lost session and each failed request of an experiment under one cause. */
export class LossLedger implements LossObserver {
  readonly #boots = new BootEnds();
  readonly #lost: LostSession[] = [];
  readonly #failed: FailedRequest[] = [];
  #unwatch: () => void = () => undefined;

  /** Follows the platform's pods until it is closed. */
  async open(platform: Pick<Platform, 'watch' | 'pods'>): Promise<this> {
    this.#unwatch = platform.watch((event) => this.#boots.heard(event));
    for (const { name, bootId } of await platform.pods()) {
      if (bootId !== undefined) this.#boots.saw({ pod: name, bootId });
    }
    return this;
  }

  close(): void {
    this.#unwatch();
  }

  exchanged(mode: ModeName, exchange: Exchange): void {
    if (exchange.servedBy !== undefined) this.#boots.saw(exchange.servedBy);
    const cause = causeOfFailure(exchange);
    if (cause !== undefined) this.#failed.push({ mode, cause, words: wordsFor(exchange) });
  }

  ended(session: Session): void {
    if (session.end?.how === 'lost') this.#lost.push({ mode: session.mode, session, at: performance.now() });
  }

  /** What is booked so far, by mode and cause: asked at the end, when the platform has told all. */
  rows(): LossRow[] {
    const rows = new Map<string, { -readonly [Key in keyof LossRow]: LossRow[Key] }>();
    const rowOf = (mode: ModeName, cause: LossCause, words: string) => {
      const key = `${mode} ${cause}`;
      const row = rows.get(key) ?? { mode, cause, sessions: 0, requests: 0 };
      if (cause === 'unexplained') row.example ??= words;
      rows.set(key, row);
      return row;
    };
    for (const lost of this.#lost) {
      const { cause, end } = this.#explain(lost);
      rowOf(lost.mode, cause, wordsOf(lost.session, end)).sessions++;
    }
    for (const { mode, cause, words } of this.#failed) rowOf(mode, cause, words).requests++;
    const place = ({ mode, cause }: LossRow): number =>
      modeNames.indexOf(mode) * lossCauses.length + lossCauses.indexOf(cause);
    return [...rows.values()].toSorted((one, other) => place(one) - place(other));
  }

  #explain({ mode, session, at }: LostSession): { cause: LossCause; end: BootEnd } {
    const told = session.end?.how === 'lost' ? session.end.cause : '';
    const after = (lagMs: number) => {
      const end = session.home && this.#boots.endOf(session.home, at + lagMs);
      return { cause: causeOfLoss(mode, told, end), end };
    };
    const atOnce = after(0);
    return atOnce.cause === 'unexplained' ? after(watchLagMs) : atOnce;
  }
}

const endInWords = { died: ', which died', stopped: ', which was stopped in order' } as const;

function wordsOf({ mode, home, end }: Session, bootEnd: BootEnd): string {
  const told = end?.how === 'lost' ? end.cause : 'nothing';
  const by = home === undefined ? 'no pod' : `${home.pod}/${home.bootId}`;
  return `a session of ${mode}, last answered by ${by}${bootEnd === undefined ? '' : endInWords[bootEnd]}: ${told}`;
}

function wordsFor({ ask, status, outcome, servedBy }: Exchange): string {
  const why = outcome.kind === 'refused' ? outcome.problem : outcome.kind === 'unknown' ? outcome.why : outcome.kind;
  return `${ask.method} ${ask.path}: ${status ?? 'no answer'}, ${why}, ${servedBy?.pod ?? 'no pod'}`;
}
