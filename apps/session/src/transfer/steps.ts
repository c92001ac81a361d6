import { z } from 'zod';
import { accountId, amountMinor, currency } from '#libs/bank';

/** Bodies of the steps; the first may be left out. */
export const beginStep = z.object({ from: accountId.optional() }).optional();
export const payeeStep = z.object({ to: accountId });
export const amountStep = z.object({ amountMinor, currency });

export type BeginStep = z.output<typeof beginStep>;
export type PayeeStep = z.output<typeof payeeStep>;
export type AmountStep = z.output<typeof amountStep>;
