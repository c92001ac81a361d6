import type { Exchange } from '../customers/exchange.js';
import type { Session } from '../customers/witness.js';
import type { ModeName } from '../modes.js';

/** Is shown everything that is recorded, to find out what was lost, and why. */
export interface LossObserver {
  exchanged(mode: ModeName, exchange: Exchange): void;
  ended(session: Session): void;
}
