import type { BankCustomer } from '../bank/customer.js';
import type { CustomerPool } from '../bank/pool.js';
import type { BankRecorder } from '../bank/mode-record.js';
import type { ModeName } from '../bank/modes.js';
import type { Random } from '../load/random.js';
import type { LocalPlatform } from '../platform/local/local-platform.js';

/** The bank that is broken, and who is there for that. */
export interface FaultyBank {
  readonly platform: LocalPlatform;
  /** The modes that customers are in, whose pods are what is broken, beside those of auth. */
  readonly modeNames: readonly ModeName[];
  readonly pool: CustomerPool;
  /** One who does nothing but what faults need. */
  readonly victim: BankCustomer;
  readonly recorder: BankRecorder;
}

/** One kind of thing that goes wrong. */
export interface FaultKind {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  /** Whether a client does it: one such is drawn to go with each other fault, so that they meet. */
  readonly byClient?: true;
  /** Whether it touches the store, which must be this run's alone then. */
  readonly store?: true;
  /** Whether a request may have to wait for its end. */
  readonly holdsStill?: true;
  /** Draws the rest, and does it; resolves when it is over, and rejects with a Violation at what must never be. */
  inflict(bank: FaultyBank, random: Random): Promise<void>;
}

/** What must never be, in a sentence. */
export class Violation extends Error {
  override readonly name = 'Violation';
}
