import type { Exchange, WireBytes } from '../customers/exchange.js';
import type { JourneyEnd, Session, TransferEnd, TransferStep, Witness } from '../customers/witness.js';
import { modes, type ModeName } from '../modes.js';
import { Latencies } from './latency.js';
import type { LossObserver } from './loss-observer.js';
import { Recent } from './recent.js';
import { SessionTimeline } from './session-timeline.js';
import { Starts } from './starts.js';
import { Timeline } from './timeline.js';
import type { WarmUp } from './warm-up.js';

/**
 * All that customers met in one mode. Only requests to its counter count; those to auth are the same in each mode. What
 * was asked while the load warmed up counts for failures and losses alone.
 */
export class ModeRecord implements Witness {
  readonly timeline = new Timeline();
  readonly sessionTimeline = new SessionTimeline();
  readonly recent = new Recent();
  readonly latencies = new Latencies();
  /** How punctual the customers themselves were. */
  readonly starts = new Starts();
  requests = 0;
  /** No answer, or a 5xx: what a customer would call broken. */
  failed = 0;
  unknown = 0;
  readonly refusedBy = new Map<string, number>();
  readonly bytes = { requestHeader: 0, requestBody: 0, replyHeader: 0, replyBody: 0 };
  readonly burden = { preparedFields: 0, carriedFields: 0, carriedBytes: 0 };
  readonly authRequests = { all: 0, failed: 0 };
  readonly open = new Set<Session>();
  sessionsOpened = 0;
  readonly lostBy = new Map<string, number>();
  readonly unfinishedBy = new Map<TransferStep, number>();
  readonly transfers: Record<TransferEnd, number> = {
    acknowledged: 0,
    refused: 0,
    'settled-done': 0,
    'settled-not-done': 0,
    unsettled: 0,
  };
  readonly journeys: Record<JourneyEnd, number> = { finished: 0, 'gave-up': 0, stopped: 0 };
  /** Called with each session when it has ended, for an experiment that follows single ones. */
  onEnd: (session: Session) => void = () => undefined;
  /** Called with each exchange, for an experiment that looks at single ones; `intendedAt` is `performance.now()` time. */
  onExchange: (exchange: Exchange, intendedAt: number) => void = () => undefined;

  constructor(
    readonly mode: ModeName,
    private readonly startedAt: number,
    private readonly warmUp: WarmUp,
    private readonly losses?: LossObserver,
  ) {}

  started(lateMs: number): void {
    if (this.warmUp.counts(performance.now() - lateMs)) this.starts.add(lateMs);
  }

  exchanged(exchange: Exchange, intendedAt: number): void {
    const { ask, outcome, status, servedBy, endedAt } = exchange;
    this.losses?.exchanged(this.mode, exchange);
    this.onExchange(exchange, intendedAt);
    const failed = outcome.kind === 'unknown' || (status ?? 0) >= 500;
    if (!ask.path.startsWith(modes[this.mode].path)) {
      this.authRequests.all++;
      if (failed) this.authRequests.failed++;
      return;
    }
    if (failed) this.failed++;
    if (outcome.kind === 'unknown') this.unknown++;
    if (outcome.kind === 'refused') increase(this.refusedBy, outcome.problem);
    const nowMs = endedAt - this.startedAt;
    const latencyMs = outcome.kind === 'ok' ? endedAt - intendedAt : undefined;
    if (servedBy !== undefined) this.timeline.add(servedBy.pod, nowMs);
    this.recent.add(nowMs, latencyMs);
    if (this.warmUp.counts(intendedAt)) this.#measure(exchange, latencyMs);
  }

  opened(session: Session): void {
    this.sessionsOpened++;
    this.open.add(session);
    this.sessionTimeline.counted(this.open.size, performance.now() - this.startedAt);
  }

  ended(session: Session): void {
    this.open.delete(session);
    const nowMs = performance.now() - this.startedAt;
    this.sessionTimeline.counted(this.open.size, nowMs);
    if (session.end?.how === 'lost') {
      increase(this.lostBy, session.end.cause);
      this.sessionTimeline.lost(session.end.cause, nowMs);
      if (session.end.unfinished !== undefined) increase(this.unfinishedBy, session.end.unfinished);
    }
    this.losses?.ended(session);
    this.onEnd(session);
  }

  transferred(end: TransferEnd): void {
    this.transfers[end]++;
  }

  journeyed(end: JourneyEnd): void {
    this.journeys[end]++;
  }

  #measure({ bytes, burden }: Exchange, latencyMs: number | undefined): void {
    this.requests++;
    for (const part of Object.keys(this.bytes) as (keyof WireBytes)[]) this.bytes[part] += bytes[part];
    for (const part of Object.keys(this.burden) as (keyof typeof burden)[]) this.burden[part] += burden[part];
    if (latencyMs !== undefined) this.latencies.record(latencyMs);
  }

  get sessionsLost(): number {
    return sum(this.lostBy.values());
  }

  get unfinishedTransfers(): number {
    return sum(this.unfinishedBy.values());
  }

  /** A total over requests divided by their number; null before the first. */
  perRequest(total: number): number | null {
    return this.requests === 0 ? null : total / this.requests;
  }
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
