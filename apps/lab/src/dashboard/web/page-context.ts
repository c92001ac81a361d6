import type { Address } from './address.js';
import type { Lab } from './lab.js';
import type { BankNow } from './messages.js';
import type { Performer } from './performer.js';

/** What each part of the page may use. */
export interface Page {
  readonly lab: Lab;
  readonly address: Address;
  readonly performer: Performer;
  /** How the bank is now; the parts that act ask for it when they do. */
  readonly now: () => BankNow;
}
