import { z } from 'zod';
import { accountId, amountMinor, currency } from '#libs/bank';

const continuation = z.string().max(4_096).optional();

/** Body of one step of a transfer. */
export const transferStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('payee'), from: accountId, to: accountId }).meta({ id: 'PayeeStep' }),
  z.object({ step: z.literal('amount'), amountMinor, currency, continuation }).meta({ id: 'AmountStep' }),
  z.object({ step: z.literal('confirm'), continuation }).meta({ id: 'ConfirmStep' }),
]);

export type StatelessStep = z.output<typeof transferStep>;

/** What a step before the last one answers. */
export const stepReply = z.object({
  next: z.enum(['amount', 'confirm']),
  continuation: z.string(),
  summary: z.object({ from: accountId, to: accountId, amountMinor, currency }).optional(),
});

export type StepResult = z.output<typeof stepReply>;
