import type { Exchange, WireBytes } from '../customers/exchange.js';
import type { JourneyEnd, Session, TransferEnd, TransferStep, Witness } from '../customers/witness.js';
import { modes, type ModeName } from '../modes.js';
import { Latencies } from './latency.js';
import { Recent } from './recent.js';
import { Timeline } from './timeline.js';

/** All that customers met in one mode. Only requests to its counter count; those to auth are the same in each mode. */
export class ModeRecord implements Witness {
  readonly timeline = new Timeline();
  readonly recent = new Recent();
  readonly latencies = new Latencies();
  requests = 0;
  /** No answer, or a 5xx: what a customer would call broken. */
  failed = 0;
  unknown = 0;
  readonly refusedBy = new Map<string, number>();
  readonly bytes = { requestHeader: 0, requestBody: 0, replyHeader: 0, replyBody: 0 };
  readonly burden = { preparedFields: 0, carriedFields: 0, carriedBytes: 0 };
  readonly authRequests = { all: 0, failed: 0 };
  readonly open = new Set<Session>();
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

  constructor(
    readonly mode: ModeName,
    private readonly startedAt: number,
  ) {}

  exchanged(exchange: Exchange, intendedAt: number): void {
    const { ask, outcome, status, bytes, burden, servedBy, endedAt } = exchange;
    const failed = outcome.kind === 'unknown' || (status ?? 0) >= 500;
    if (!ask.path.startsWith(modes[this.mode].path)) {
      this.authRequests.all++;
      if (failed) this.authRequests.failed++;
      return;
    }
    const answered = outcome.kind === 'ok';
    this.requests++;
    if (failed) this.failed++;
    if (outcome.kind === 'unknown') this.unknown++;
    if (outcome.kind === 'refused') increase(this.refusedBy, outcome.problem);
    for (const part of Object.keys(this.bytes) as (keyof WireBytes)[]) this.bytes[part] += bytes[part];
    for (const part of Object.keys(this.burden) as (keyof typeof burden)[]) this.burden[part] += burden[part];
    const nowMs = endedAt - this.startedAt;
    if (servedBy !== undefined) this.timeline.add(servedBy.pod, nowMs);
    this.recent.add(nowMs, answered ? endedAt - intendedAt : undefined);
    if (answered) this.latencies.record(endedAt - intendedAt);
  }

  opened(session: Session): void {
    this.open.add(session);
  }

  ended(session: Session): void {
    this.open.delete(session);
    if (session.end?.how === 'lost') {
      increase(this.lostBy, session.end.cause);
      if (session.end.unfinished !== undefined) increase(this.unfinishedBy, session.end.unfinished);
    }
    this.onEnd(session);
  }

  transferred(end: TransferEnd): void {
    this.transfers[end]++;
  }

  journeyed(end: JourneyEnd): void {
    this.journeys[end]++;
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
