import { z } from 'zod';
import { account, accountId, entryPage, entryQuery, idempotencyKey, transfer, transferOrder } from '#libs/bank';
import { describeApi } from '#libs/service';
import { accountProblems } from './account.problems.js';
import { stepReply, transferStep } from './transfers/steps.js';

export const prefix = '/account';

const accountList = z.object({ accounts: z.array(account) }).meta({ id: 'AccountList' });
const params = z.object({ id: accountId.meta({ description: 'Of the account' }) });
const keyHeader = z.object({
  'Idempotency-Key': idempotencyKey.meta({
    description: 'New for each transfer, the same for each retry',
    minLength: 1,
    maxLength: 255,
    examples: ['0f8fad5b-d9cb-469f-a165-70867728950e'],
  }),
});
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
  tags: {
    Accounts: 'What the caller has, and what moved on it.',
    Transfers: 'How money moves: at once, or in three steps.',
  },
  problems: accountProblems,
  operations: {
    'GET /account/accounts': {
      id: 'listAccounts',
      tag: 'Accounts',
      summary: 'Your accounts',
      description: 'All accounts of the caller, in the order of opening, with balances in minor units.',
      security: 'bearer',
      replies: { 200: { description: 'The accounts', schema: accountList } },
      problems: ['store-unavailable'],
    },
    'GET /account/accounts/:id': {
      id: 'getAccount',
      tag: 'Accounts',
      summary: 'One account',
      description: "An account of the caller's. Somebody else's is not found.",
      security: 'bearer',
      params,
      replies: { 200: { description: 'The account', schema: account } },
      problems: ['account-not-found', 'store-unavailable'],
    },
    'GET /account/accounts/:id/entries': {
      id: 'listEntries',
      tag: 'Accounts',
      summary: 'What moved on an account',
      description: 'A page of entries, oldest first. Send `next` as `after` for the page that follows.',
      security: 'bearer',
      params,
      query: entryQuery,
      replies: {
        200: {
          description: 'A page of entries',
          schema: entryPage,
        },
      },
      problems: ['account-not-found', 'store-unavailable'],
    },
    'POST /account/transfers': {
      id: 'makeTransfer',
      tag: 'Transfers',
      summary: 'Move money',
      description:
        'Moves money from an account of the caller to any account, once for each Idempotency-Key however often it is ' +
        'sent. After `outcome-unknown` send the same again: the problem carries it as `idempotencyKey` and `order`. So does ' +
        'that of a confirmation by steps or in a session, which is settled here, too.',
      security: 'bearer',
      headers: keyHeader,
      body: transferOrder.meta({ id: 'TransferOrder' }),
      replies: { 201: { description: 'The transfer', schema: transfer, headers: replayHeaders } },
      problems: [...transferProblems, 'idempotency-key-missing', 'idempotency-key-reused'],
    },
    'POST /account/transfers/steps': {
      id: 'takeTransferStep',
      tag: 'Transfers',
      summary: 'Move money in three steps',
      description:
        'The steps payee, amount and confirm. Nothing is remembered between them: each reply has a signed ' +
        'continuation, valid for 15 minutes, that the next step must bring. A confirmation sent twice moves money once. ' +
        'The first two steps answer 200 with the continuation, the last one 201 with the transfer.',
      security: 'bearer',
      body: transferStep.meta({ id: 'TransferStep' }),
      replies: {
        200: { description: 'What to bring to the next step', schema: stepReply.meta({ id: 'TransferStepReply' }) },
        201: { description: 'The transfer', schema: transfer, headers: replayHeaders },
      },
      problems: [...transferProblems, 'step-out-of-order', 'continuation-invalid'],
    },
  },
});
