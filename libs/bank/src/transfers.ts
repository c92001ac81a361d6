import { z } from 'zod';
import { accountId } from './accounts.js';
import { amountMinor, currency } from './money.js';

/** Body of a transfer: what the caller wants moved. */
export const transferOrder = z.object({
  from: accountId,
  to: accountId,
  amountMinor,
  currency,
  reference: z.string().min(1).max(140).optional(),
});

/** A transfer that was made. */
export const transfer = transferOrder
  .extend({ transferId: z.string(), at: z.iso.datetime().meta({ description: 'When the money moved' }) })
  .meta({ id: 'Transfer' });

/** A reference may be left out or be undefined: both mean none. */
export type TransferOrder = z.output<typeof transferOrder>;

/** The caller's name for one transfer: the same key never moves money twice. */
export const idempotencyKey = z.string().regex(/^[!-~]{1,255}$/, {
  error: 'must be 1 to 255 visible ASCII characters',
});

export type Transfer = Readonly<z.output<typeof transfer>>;

export interface TransferResult {
  readonly transfer: Transfer;
  /** Whether an earlier request with this key made it. */
  readonly replayed: boolean;
}
