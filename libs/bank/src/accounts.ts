import { z } from 'zod';
import { currency } from './money.js';

/** What a customer opens; a treasury is the bank's own. */
export const customerAccountKinds = ['current', 'savings'] as const;

export type CustomerAccountKind = (typeof customerAccountKinds)[number];

export const accountId = z
  .string({ error: 'must be the id of an account' })
  .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be the id of an account' });

/** How an account looks in JSON; see {@link Account}. */
export const account = z
  .object({
    id: accountId,
    kind: z.enum(customerAccountKinds),
    currency,
    balanceMinor: z.int().meta({ description: 'Minor units of the currency' }),
  })
  .meta({ id: 'Account' });

/** An account as its owner sees it. */
export interface Account {
  readonly id: string;
  readonly kind: CustomerAccountKind;
  readonly currency: string;
  /** In minor units. */
  readonly balanceMinor: number;
}

/** One line of an account's history. */
export interface Entry {
  /** Cursor of this entry. */
  readonly id: string;
  readonly transferId: string;
  /** In minor units; negative where money left. */
  readonly amountMinor: number;
  /** In minor units, after this entry. */
  readonly balanceMinor: number;
  /** The account on the other side. */
  readonly counterparty: string;
  readonly reference?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface EntryPage {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** What to send as `after` for the next page; null on the last. */
  readonly next: string | null;
}

/** Query of a page of entries, as it comes in a URL. */
export const entryQuery = z.object({
  after: z
    .string()
    .regex(/^[0-9]{1,16}$/, { error: 'must be the next of an earlier page' })
    .optional()
    .meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'Most entries of the page' }),
});

export type EntryQuery = z.output<typeof entryQuery>;
