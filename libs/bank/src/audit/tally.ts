import type { Redis } from 'ioredis';
import { type LedgerKeys, type Movement, readEntry } from '../layout.js';
import { Breach } from './breach.js';
import type { AuditedAccount } from './walk.js';

/** Counts what the accounts say of each transfer: nine bytes a transfer, so that millions fit. */
export class AuditTally {
  readonly #sums: Float64Array;
  readonly #entries: Uint8Array;
  // Of one currency, all entries may add up to more than a double holds.
  readonly #currencies = new Map<string, bigint>();

  constructor(private readonly cut: number) {
    this.#sums = new Float64Array(cut + 1);
    this.#entries = new Uint8Array(cut + 1);
  }

  add(currency: string, { sequence, amountMinor }: Movement): void {
    this.#sums[sequence]! += amountMinor;
    this.#entries[sequence] = Math.min(255, this.#entries[sequence]! + 1);
    this.#currencies.set(currency, (this.#currencies.get(currency) ?? 0n) + BigInt(amountMinor));
  }

  /** How many entries of a transfer were counted. */
  entries(sequence: number): number {
    return this.#entries[sequence] ?? 0;
  }

  /** M2: each transfer stands in two entries that cancel out. M1: so do all the entries of a currency. */
  async check(redis: Redis, keys: LedgerKeys, accounts: readonly AuditedAccount[]): Promise<void> {
    for (let sequence = 1; sequence <= this.cut; sequence += 1) {
      if (this.#entries[sequence] === 2 && this.#sums[sequence] === 0) continue;
      const holders = await holdersOf(redis, keys, sequence, accounts);
      throw new Breach(
        'M2',
        `transfer ${sequence} stands in ${holders.length} entries that add up to ${this.#sums[sequence]}: ` +
          (holders.join(', ') || 'in no account'),
      );
    }
    for (const [currency, sum] of this.#currencies) {
      if (sum !== 0n) throw new Breach('M1', `all balances in ${currency} add up to ${sum}, not 0`);
    }
  }
}

/** Looks a transfer up in every account: slow, but only ever done for one that is wrong. */
async function holdersOf(
  redis: Redis,
  keys: LedgerKeys,
  sequence: number,
  accounts: readonly AuditedAccount[],
): Promise<string[]> {
  const holders: string[] = [];
  for (const { id } of accounts) {
    const [entry] = await redis.xrange(keys.entries(id), `${sequence}-0`, `${sequence}-0`);
    if (entry) holders.push(`account ${id} (${readEntry(entry).amountMinor})`);
  }
  return holders;
}
