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

/** A lost session and the cause that it is booked under for good. */
export interface BookedLoss {
  readonly session: Session;
  readonly cause: LossCause;
}

type Book = Map<string, { -readonly [Key in keyof LossRow]: LossRow[Key] }>;

/**
 * A watch may tell that a pod is gone a moment after a customer was told so. What no pod's end explains is looked at
 * again with this much patience.
 */
const watchLagMs = 2_000;

/** Books each lost session and each failed request of an experiment under one cause. */
export class LossLedger implements LossObserver {
  readonly #boots = new BootEnds();
  /** What has a cause for good. */
  readonly #booked: Book = new Map();
  #lost: LostSession[] = [];
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
    if (cause !== undefined) rowIn(this.#booked, mode, cause, () => wordsFor(exchange)).requests++;
  }

  ended(session: Session): void {
    if (session.end?.how === 'lost') this.#lost.push({ mode: session.mode, session, at: performance.now() });
  }

  /**
   * Books for good each loss whose cause is known, or that the platform has had its time to explain, and tells which.
   * For a ledger that is kept for long: what nobody asks about is kept until the end.
   */
  settle(now = performance.now()): BookedLoss[] {
    const settled: BookedLoss[] = [];
    this.#lost = this.#lost.filter((lost) => {
      const { cause, end } = this.#explain(lost);
      if (cause === 'unexplained' && now - lost.at < watchLagMs) return true;
      rowIn(this.#booked, lost.mode, cause, () => wordsOf(lost.session, end)).sessions++;
      settled.push({ session: lost.session, cause });
      return false;
    });
    return settled;
  }

  /** What has a cause for good, by mode and cause. */
  get booked(): LossRow[] {
    return [...this.#booked.values()];
  }

  /** What is booked so far, by mode and cause: asked at the end, when the platform has told all. */
  rows(): LossRow[] {
    const rows: Book = new Map([...this.#booked].map(([key, row]) => [key, { ...row }]));
    for (const lost of this.#lost) {
      const { cause, end } = this.#explain(lost);
      rowIn(rows, lost.mode, cause, () => wordsOf(lost.session, end)).sessions++;
    }
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

function rowIn(book: Book, mode: ModeName, cause: LossCause, words: () => string) {
  const key = `${mode} ${cause}`;
  const row = book.get(key) ?? { mode, cause, sessions: 0, requests: 0 };
  if (cause === 'unexplained') row.example ??= words();
  book.set(key, row);
  return row;
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
