import type { ModeName } from '../modes.js';
import type { Exchange, ServedBy } from './exchange.js';

/** How far a three-step transfer had come. */
export type TransferStep = 'payee' | 'amount' | 'confirm';

/** From opening a visit at the counter until its end; a lost one is followed by another if the customer goes on. */
export interface Session {
  readonly mode: ModeName;
  /** The pod and boot that last answered and knew it, where what the bank remembers of a pinned session lives. */
  home: ServedBy | undefined;
  end: SessionEnd | undefined;
}

export type SessionEnd =
  | { readonly how: 'signed-out'; readonly servedBy: ServedBy | undefined }
  /** `unfinished` is the step of a transfer that has to be started again. */
  | { readonly how: 'lost'; readonly cause: string; readonly unfinished: TransferStep | undefined }
  | { readonly how: 'left' };

/** `finished` did all it came for, `gave-up` met too many refusals, `stopped` was told to go by the lab. */
export type JourneyEnd = 'finished' | 'gave-up' | 'stopped';

/** How a confirmed transfer turned out; `settled-*` was unknown first, and the customer found out. */
export type TransferEnd = 'acknowledged' | 'refused' | 'settled-done' | 'settled-not-done' | 'unsettled';

/** Watches customers without touching them. */
export interface Witness {
  /** The lab had a customer come, or go on, that much later than it meant to: its own fault, not the bank's. */
  started(lateMs: number): void;
  /** `intendedAt` is when the customer meant to ask, in `performance.now()` time. */
  exchanged(exchange: Exchange, intendedAt: number): void;
  opened(session: Session): void;
  ended(session: Session): void;
  transferred(end: TransferEnd): void;
  journeyed(end: JourneyEnd): void;
}
