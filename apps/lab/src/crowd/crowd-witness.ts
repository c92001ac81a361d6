import type { Exchange, ServedBy } from '../customers/exchange.js';
import type { JourneyEnd, Session, TransferEnd, Witness } from '../customers/witness.js';
import type { ModeRecord } from '../load/mode-record.js';
import { modes } from '../modes.js';

export interface Telltale {
  /** A pod of the counter has answered; the latency is from when the customer meant to ask, undefined for a refusal. */
  answered(by: ServedBy, latencyMs: number | undefined): void;
  /** The customer is at home there now. */
  isAt(pod: string): void;
  lost(session: Session): void;
}

/** Watches one customer: all is recorded, and told besides. */
export class CrowdWitness implements Witness {
  constructor(
    private readonly record: ModeRecord,
    private readonly telltale: Telltale,
  ) {}

  started(lateMs: number): void {
    this.record.started(lateMs);
  }

  exchanged(exchange: Exchange, intendedAt: number): void {
    this.record.exchanged(exchange, intendedAt);
    const { ask, servedBy, outcome, endedAt } = exchange;
    if (servedBy === undefined || !ask.path.startsWith(modes[this.record.mode].path)) return;
    this.telltale.answered(servedBy, outcome.kind === 'ok' ? endedAt - intendedAt : undefined);
    if (outcome.kind !== 'session-lost') this.telltale.isAt(servedBy.pod);
  }

  opened(session: Session): void {
    this.record.opened(session);
  }

  ended(session: Session): void {
    if (session.end?.how === 'lost') this.telltale.lost(session);
    this.record.ended(session);
  }

  transferred(end: TransferEnd): void {
    this.record.transferred(end);
  }

  journeyed(end: JourneyEnd): void {
    this.record.journeyed(end);
  }
}
