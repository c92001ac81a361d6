import type { Address } from './address.js';
import type { Seen } from './deeds.js';
import type { Lab } from './lab.js';
import type { Performer } from './performer.js';

/** What each part of the page may use. */
export interface Page extends Seen {
  readonly lab: Lab;
  readonly address: Address;
  readonly performer: Performer;
}
