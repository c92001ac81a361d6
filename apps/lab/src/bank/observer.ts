import type { LoadObserver, ObservedSession } from '../load/observer.js';
import type { ModeName } from './modes.js';

/** A session of a customer of the bank. */
export type CustomerSession = ObservedSession<ModeName>;

/** How far a three-step transfer had come. */
export type TransferStage = 'payee' | 'amount' | 'confirm';

/** `finished` did all it came for, `gave-up` met too many refusals, `stopped` was told to go by the lab. */
export type JourneyEnd = 'finished' | 'gave-up' | 'stopped';

/** How a confirmed transfer turned out; `settled-*` was unknown first, and the customer found out. */
export type TransferEnd = 'acknowledged' | 'refused' | 'settled-done' | 'settled-not-done' | 'unsettled';

/** Watches customers without touching them. */
export interface Observer extends LoadObserver<ModeName> {
  transferred(end: TransferEnd): void;
  journeyed(end: JourneyEnd): void;
}
