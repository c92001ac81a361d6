import type { RecordedRequest } from '../http/recorded-request.js';
import type { LossObserver, ObservedSession } from '../load/observer.js';
import type { Platform } from '../platform/platform.js';
import { BootEnds } from './boot-ends.js';
import { causeOfEnd, causeOfFailure, causeOfLoss, type BootEnd } from './explain.js';
import { lossCauses, type LossCause } from './loss-causes.js';

/** What was booked under one cause in one mode. */
export interface LossRow<Mode extends string = string> {
  readonly mode: Mode;
  readonly cause: LossCause;
  readonly sessions: number;
  readonly requests: number;
  /** The first one in words, where no cause explains it. */
  readonly example?: string;
}

interface LostSession<Mode extends string> {
  readonly session: ObservedSession<Mode>;
  readonly at: number;
}

/** A lost session and the cause that it is booked under for good. */
export interface BookedLoss<Mode extends string = string> {
  readonly session: ObservedSession<Mode>;
  readonly cause: LossCause;
}

/** What may be lost by design. */
export interface LossDesign<Mode extends string = string> {
  /** All modes, in the order in which they are told of. */
  readonly modes: readonly Mode[];
  /** What a mode may lose; what it loses beyond that, no cause explains. */
  readonly mayLose: (mode: Mode) => readonly LossCause[];
  /** Whether a session of the mode may go on in another pod than the one that it lived in. */
  readonly mayMove: (mode: Mode) => boolean;
}

type Book<Mode extends string> = Map<string, { -readonly [Key in keyof LossRow<Mode>]: LossRow<Mode>[Key] }>;

/**
 * A watch may tell that a pod is gone a moment after a customer was told so. What no pod's end explains is looked at
 * again with this much patience.
 */
const watchLagMs = 2_000;

/** Books each lost session and each failed request of an experiment under one cause. */
export class LossLedger<Mode extends string = string> implements LossObserver<Mode> {
  readonly #boots = new BootEnds();
  /** What has a cause for good. */
  readonly #booked: Book<Mode> = new Map();
  #lost: LostSession<Mode>[] = [];
  #unwatch: () => void = () => undefined;

  constructor(private readonly design: LossDesign<Mode>) {}

  /** Follows the platform's pods until it is closed. */
  async open(platform: Pick<Platform, 'watch' | 'pods'>): Promise<this> {
    this.#unwatch = platform.watch((event) => this.#boots.heard(event));
    for (const { name, bootId, workload } of await platform.pods()) {
      this.#boots.met(name, workload);
      if (bootId !== undefined) this.#boots.saw({ pod: name, bootId });
    }
    return this;
  }

  close(): void {
    this.#unwatch();
  }

  requestRecorded(mode: Mode, recorded: RecordedRequest): void {
    if (recorded.servedBy !== undefined) this.#boots.saw(recorded.servedBy);
    const cause = causeOfFailure(recorded);
    if (cause !== undefined) rowIn(this.#booked, mode, cause, () => wordsFor(recorded)).requests++;
  }

  ended(session: ObservedSession<Mode>): void {
    if (session.end?.how === 'lost') this.#lost.push({ session, at: performance.now() });
  }

  /**
   * Books for good each loss whose cause is known, or that the platform has had its time to explain, and tells which.
   * For a ledger that is kept for long: what nobody asks about is kept until the end.
   */
  settle(now = performance.now()): BookedLoss<Mode>[] {
    const settled: BookedLoss<Mode>[] = [];
    this.#lost = this.#lost.filter((lost) => {
      const { cause, end } = this.#explain(lost);
      if (cause === 'unexplained' && now - lost.at < watchLagMs) return true;
      rowIn(this.#booked, lost.session.mode, cause, () => wordsOf(lost.session, end)).sessions++;
      settled.push({ session: lost.session, cause });
      return false;
    });
    return settled;
  }

  /** What has a cause for good, by mode and cause. */
  get booked(): LossRow<Mode>[] {
    return [...this.#booked.values()];
  }

  /** What is booked so far, by mode and cause: asked at the end, when the platform has told all. */
  rows(): LossRow<Mode>[] {
    const rows: Book<Mode> = new Map([...this.#booked].map(([key, row]) => [key, { ...row }]));
    for (const lost of this.#lost) {
      const { cause, end } = this.#explain(lost);
      rowIn(rows, lost.session.mode, cause, () => wordsOf(lost.session, end)).sessions++;
    }
    const place = ({ mode, cause }: LossRow<Mode>): number =>
      this.design.modes.indexOf(mode) * lossCauses.length + lossCauses.indexOf(cause);
    return [...rows.values()].toSorted((one, other) => place(one) - place(other));
  }

  /** Of sessions that are open: how many went with the boot that they lived in, without their clients having found out. */
  awaited(open: Iterable<ObservedSession<Mode>>, now = performance.now()): number {
    return [...open].filter(({ mode, home }) => {
      const cause = home && causeOfEnd(this.#boots.endOf(home, now));
      return cause !== undefined && this.design.mayLose(mode).includes(cause);
    }).length;
  }

  #explain({ session, at }: LostSession<Mode>): { cause: LossCause; end: BootEnd } {
    const reported = session.end?.how === 'lost' ? session.end.cause : '';
    const after = (lagMs: number) => {
      const end = this.#endOfOwner(session, at + lagMs);
      return { cause: causeOfLoss(this.design.mayLose(session.mode), reported, end), end };
    };
    const atOnce = after(0);
    return atOnce.cause === 'unexplained' ? after(watchLagMs) : atOnce;
  }

  /** A pod that took a session on, and died before its first answer, never was the session's home. */
  #endOfOwner({ mode, home, unsureSince }: ObservedSession<Mode>, at: number): BootEnd {
    if (home === undefined) return undefined;
    const end = this.#boots.endOf(home, at);
    if (end !== undefined || unsureSince === undefined || !this.design.mayMove(mode)) return end;
    return this.#boots.endBeside(home, unsureSince, at);
  }
}

function rowIn<Mode extends string>(book: Book<Mode>, mode: Mode, cause: LossCause, words: () => string) {
  const key = `${mode} ${cause}`;
  const row = book.get(key) ?? { mode, cause, sessions: 0, requests: 0 };
  if (cause === 'unexplained') row.example ??= words();
  book.set(key, row);
  return row;
}

const endInWords = { died: ', which died', stopped: ', which was stopped in order' } as const;

function wordsOf({ mode, home, end }: ObservedSession, bootEnd: BootEnd): string {
  const reported = end?.how === 'lost' ? end.cause : 'nothing';
  const by = home === undefined ? 'no pod' : `${home.pod}/${home.bootId}`;
  return `a session of ${mode}, last answered by ${by}${bootEnd === undefined ? '' : endInWords[bootEnd]}: ${reported}`;
}

function wordsFor({ request, status, outcome, servedBy }: RecordedRequest): string {
  const why = outcome.kind === 'refused' ? outcome.problem : outcome.kind === 'unknown' ? outcome.why : outcome.kind;
  return `${request.method} ${request.path}: ${status ?? 'no answer'}, ${why}, ${servedBy?.pod ?? 'no pod'}`;
}
