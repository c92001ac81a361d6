import { z } from 'zod';
import { currency } from './money.js';

/** What a customer opens; a treasury is the bank's own. */
export const customerAccountKinds = ['current', 'savings'] as const;

export type CustomerAccountKind = (typeof customerAccountKinds)[number];

export const accountId = z
  .string({ error: 'must be the id of an account' })
  .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be the id of an account' });

/** An account as its owner sees it. */
export const account = z
  .object({
    id: accountId,
    kind: z.enum(customerAccountKinds),
    currency,
    balanceMinor: z.int().meta({ description: 'Minor units of the currency' }),
  })
  .meta({ id: 'Account' });

export type Account = Readonly<z.output<typeof account>>;

/** One line of an account's history. */
export const entry = z
  .object({
    id: z.string().meta({ description: 'Cursor of this entry' }),
    transferId: z.string(),
    amountMinor: z.int().meta({ description: 'Minor units; negative where money left' }),
    balanceMinor: z.int().meta({ description: 'Minor units, after this entry' }),
    counterparty: accountId,
    reference: z.string().optional(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Entry' });

export type Entry = Readonly<z.output<typeof entry>>;

/** A page of an account's history, its oldest entry first. */
export const entryPage = z
  .object({
    entries: z.array(entry),
    next: z.string().nullable().meta({ description: 'What to send as `after` for the page that follows' }),
  })
  .meta({ id: 'EntryPage' });

export type EntryPage = Readonly<z.output<typeof entryPage>>;

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
