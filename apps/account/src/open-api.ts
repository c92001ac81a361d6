import { z } from 'zod';
import { accountId, currency, customerAccountKinds, entryQuery, transferOrder } from '#libs/bank';
import { describeApi } from '#libs/service';
import { accountProblems } from './account.problems.js';
import { stepReply, transferStep } from './transfers/steps.js';

export const prefix = '/account';

const balanceMinor = z.int().meta({ description: 'Minor units of the currency' });
const account = z.object({ id: accountId, kind: z.enum(customerAccountKinds), currency, balanceMinor });
const transfer = transferOrder.extend({ transferId: z.string(), at: z.iso.datetime() });
const entry = z.object({
  id: z.string().meta({ description: 'Cursor of this entry' }),
  transferId: z.string(),
  amountMinor: z.int().meta({ description: 'Minor units; negative where money left' }),
  balanceMinor: z.int().meta({ description: 'Minor units, after this entry' }),
  counterparty: accountId,
  reference: z.string().optional(),
  at: z.iso.datetime(),
});
const params = z.object({ id: accountId });
const replayHeaders = z.object({
  'Idempotent-Replayed': z
    .literal('true')
    .optional()
    .meta({ description: 'Set when an earlier request made the transfer' }),
});
const transferProblems = [
  'account-not-found',
  'insufficient-funds',
  'currency-mismatch',
  'same-account',
  'balance-overflow',
  'transfer-in-flight',
  'outcome-unknown',
];

/** What the account service takes, returns and refuses. */
export const accountOpenApi = describeApi({
  title: 'Tellers: the account service',
  description: 'The stateless teller: any replica answers any request, and each request carries its whole story.',
  problems: accountProblems,
  operations: {
    'GET /account/accounts': {
      summary: 'Your accounts',
      description: 'All accounts of the caller, in the order of opening, with balances in minor units.',
      security: 'bearer',
      replies: { 200: { description: 'The accounts', schema: z.object({ accounts: z.array(account) }) } },
      problems: ['store-unavailable'],
    },
    'GET /account/accounts/:id': {
      summary: 'One account',
      description: "An account of the caller's. Somebody else's is not found.",
      security: 'bearer',
      params,
      replies: { 200: { description: 'The account', schema: account } },
      problems: ['account-not-found', 'store-unavailable'],
    },
    'GET /account/accounts/:id/entries': {
      summary: 'What moved on an account',
      description: 'A page of entries, oldest first. Send `next` as `after` for the page that follows.',
      security: 'bearer',
      params,
      query: entryQuery,
      replies: {
        200: {
          description: 'A page of entries',
          schema: z.object({ entries: z.array(entry), next: z.string().nullable() }),
        },
      },
      problems: ['account-not-found', 'store-unavailable'],
    },
    'POST /account/transfers': {
      summary: 'Move money',
      description:
        'Moves money from an account of the caller to any account, once for each Idempotency-Key however often it is ' +
        'sent. After `outcome-unknown` send the same again: the problem carries it as `idempotencyKey` and `order`. So does ' +
        'that of a confirmation by steps or in a session, which is settled here, too.',
      security: 'bearer',
      headers: z.object({ 'Idempotency-Key': z.string().max(255) }),
      body: transferOrder,
      replies: { 201: { description: 'The transfer', schema: transfer, headers: replayHeaders } },
      problems: [...transferProblems, 'idempotency-key-missing', 'idempotency-key-reused'],
    },
    'POST /account/transfers/steps': {
      summary: 'Move money in three steps',
      description:
        'The steps payee, amount and confirm. Nothing is remembered between them: each reply has a signed ' +
        'continuation, valid for 15 minutes, that the next step must bring. A confirmation sent twice moves money once. ' +
        'The first two steps answer 200 with the continuation, the last one 201 with the transfer.',
      security: 'bearer',
      body: transferStep,
      replies: {
        200: { description: 'What to bring to the next step', schema: stepReply },
        201: { description: 'The transfer', schema: transfer, headers: replayHeaders },
      },
      problems: [...transferProblems, 'step-out-of-order', 'continuation-invalid'],
    },
  },
});
