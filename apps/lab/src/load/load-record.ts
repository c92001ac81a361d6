import type { RecordedRequest, WireBytes } from '../http/recorded-request.js';
import { causeOfFailure } from '../losses/explain.js';
import { Latencies } from './latency.js';
import type { LoadObserver, LossObserver, ObservedSession } from './observer.js';
import { Recent } from './recent.js';
import { SessionTimeline } from './session-timeline.js';
import { Starts } from './starts.js';
import { Timeline } from './timeline.js';
import type { WarmUp } from './warm-up.js';

/**
 * All that clients met in one of the modes that are compared. Requests to other services, and what was asked while the
 * load warmed up, count for failures and losses alone.
 */
export class LoadRecord<Mode extends string = string> implements LoadObserver<Mode> {
  readonly timeline = new Timeline();
  readonly sessionTimeline = new SessionTimeline();
  readonly recent = new Recent();
  readonly latencies = new Latencies();
  /** How punctual the customers themselves were. */
  readonly starts = new Starts();
  requests = 0;
  /** No answer, or a 5xx, of whichever service: what a customer would call broken, and what the losses count. */
  failed = 0;
  unknown = 0;
  readonly refusedBy = new Map<string, number>();
  readonly bytes = { requestHeader: 0, requestBody: 0, replyHeader: 0, replyBody: 0 };
  readonly cost = { preparedFields: 0, carriedFields: 0, carriedBytes: 0 };
  /** To other services than its own; their failures are in `failed`, too. */
  readonly otherRequests = { all: 0, failed: 0 };
  readonly open = new Set<ObservedSession<Mode>>();
  sessionsOpened = 0;
  readonly lostBy = new Map<string, number>();
  readonly unfinishedBy = new Map<string, number>();
  /** Called with each session when it has ended, for an experiment that follows single ones. */
  onEnd: (session: ObservedSession<Mode>) => void = () => undefined;
  /** Called with each session that another pod knows than the one before, and how long that pod's first answer took. */
  onMoved: (session: ObservedSession<Mode>, latencyMs: number) => void = () => undefined;
  /** Each time that a service told of a session what it had left behind already, in a sentence. */
  readonly contradictions: string[] = [];
  /** Called with each exchange, for an experiment that looks at single ones; `intendedAt` is `performance.now()` time. */
  onRecorded: (recorded: RecordedRequest, intendedAt: number) => void = () => undefined;

  constructor(
    readonly mode: Mode,
    /** Whether a request is one to the service of this mode. */
    private readonly isOwn: (path: string) => boolean,
    private readonly startedAt: number,
    private readonly warmUp: WarmUp,
    private readonly losses?: LossObserver<Mode>,
  ) {}

  started(lateMs: number): void {
    if (this.warmUp.counts(performance.now() - lateMs)) this.starts.add(lateMs);
  }

  requestRecorded(recorded: RecordedRequest, intendedAt: number): void {
    const { request, outcome, servedBy, endedAt } = recorded;
    this.losses?.requestRecorded(this.mode, recorded);
    this.onRecorded(recorded, intendedAt);
    const failed = causeOfFailure(recorded) !== undefined;
    if (failed) this.failed++;
    if (!this.isOwn(request.path)) {
      this.otherRequests.all++;
      if (failed) this.otherRequests.failed++;
      return;
    }
    if (outcome.kind === 'unknown') this.unknown++;
    if (outcome.kind === 'refused') increase(this.refusedBy, outcome.problem);
    const nowMs = endedAt - this.startedAt;
    const latencyMs = outcome.kind === 'ok' ? endedAt - intendedAt : undefined;
    if (servedBy !== undefined) this.timeline.add(servedBy.pod, nowMs);
    this.recent.add(nowMs, latencyMs);
    if (this.warmUp.counts(intendedAt)) this.#measure(recorded, latencyMs);
  }

  opened(session: ObservedSession<Mode>): void {
    this.sessionsOpened++;
    this.open.add(session);
    this.sessionTimeline.counted(this.open.size, performance.now() - this.startedAt);
  }

  ended(session: ObservedSession<Mode>): void {
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

  moved(session: ObservedSession<Mode>, latencyMs: number): void {
    this.onMoved(session, latencyMs);
  }

  contradicted({ home }: ObservedSession<Mode>, sentence: string): void {
    this.contradictions.push(`${home?.pod ?? 'a pod'}: ${sentence}`);
  }

  #measure({ bytes, cost }: RecordedRequest, latencyMs: number | undefined): void {
    this.requests++;
    for (const part of Object.keys(this.bytes) as (keyof WireBytes)[]) this.bytes[part] += bytes[part];
    for (const part of Object.keys(this.cost) as (keyof typeof cost)[]) this.cost[part] += cost[part];
    if (latencyMs !== undefined) this.latencies.record(latencyMs);
  }

  get counts(): { requests: number; failed: number; lost: number } {
    return { requests: this.requests, failed: this.failed, lost: this.sessionsLost };
  }

  get sessionsLost(): number {
    return sum(this.lostBy.values());
  }

  get unfinishedSteps(): number {
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
