import type { RecordedRequest, ServedBy } from '../../http/recorded-request.js';
import type { JourneyEnd, TransferEnd, Observer, CustomerSession } from '../observer.js';
import type { ModeRecord } from '../mode-record.js';
import { modes } from '../modes.js';

export interface CrowdReactions {
  /** The lab had the customer come, or go on, that much later than it meant to. */
  started(lateMs: number): void;
  /** A pod of the mode has answered; the latency is from when the customer meant to ask, undefined for a refusal. */
  answered(by: ServedBy, latencyMs: number | undefined): void;
  /** The customer is at home there now. */
  isAt(pod: string): void;
  lost(session: CustomerSession): void;
}

/** Watches one customer: all is recorded, and told besides. */
export class CrowdObserver implements Observer {
  constructor(
    private readonly record: ModeRecord,
    private readonly reactions: CrowdReactions,
  ) {}

  started(lateMs: number): void {
    this.record.started(lateMs);
    this.reactions.started(lateMs);
  }

  requestRecorded(recorded: RecordedRequest, intendedAt: number): void {
    this.record.requestRecorded(recorded, intendedAt);
    const { request, servedBy, outcome, endedAt } = recorded;
    if (servedBy === undefined || !request.path.startsWith(modes[this.record.mode].path)) return;
    this.reactions.answered(servedBy, outcome.kind === 'ok' ? endedAt - intendedAt : undefined);
    if (outcome.kind !== 'session-lost') this.reactions.isAt(servedBy.pod);
  }

  opened(session: CustomerSession): void {
    this.record.opened(session);
  }

  ended(session: CustomerSession): void {
    if (session.end?.how === 'lost') this.reactions.lost(session);
    this.record.ended(session);
  }

  moved(session: CustomerSession, latencyMs: number): void {
    this.record.moved(session, latencyMs);
  }

  contradicted(session: CustomerSession, sentence: string): void {
    this.record.contradicted(session, sentence);
  }

  transferred(end: TransferEnd): void {
    this.record.transferred(end);
  }

  journeyed(end: JourneyEnd): void {
    this.record.journeyed(end);
  }
}
