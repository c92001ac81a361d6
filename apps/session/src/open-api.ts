import { z } from 'zod';
import { account, accountId, currency, transfer } from '#libs/bank';
import { describeApi, type Operation } from '#libs/service';
import { prefixOf, type SessionEnvironment } from './environment.js';
import { sessionProblems, unknownSessionProblems } from './session.problems.js';
import { SessionCookies } from './sessions/cookies.js';
import { activities } from './sessions/session.js';
import { amountStep, beginStep, payeeStep } from './transfer/steps.js';

const time = z.iso.datetime();
const minor = z.int().meta({ description: 'Minor units of the currency' });
const draft = z
  .object({
    idempotencyKey: z.string().meta({ description: 'of the transfer, at the account service too' }),
    from: accountId,
    to: accountId.optional(),
    amountMinor: minor.optional(),
    currency: currency.optional(),
    next: z.enum(['payee', 'amount', 'confirm']).nullable().meta({ description: 'null once the money has moved' }),
  })
  .meta({ id: 'TransferDraft' });
const session = z
  .object({
    customerId: z.string(),
    name: z.string(),
    createdAt: time,
    expiresAt: time,
    idleTimeoutMs: z.int(),
  })
  .meta({ id: 'Session' });
const activity = z
  .object({
    at: time,
    what: z.enum(activities),
    account: accountId.optional(),
    amountMinor: minor.optional(),
    currency: currency.optional(),
  })
  .meta({ id: 'Activity' });
const payee = z.object({ account: accountId, times: z.int(), lastUsedAt: time }).meta({ id: 'Payee' });
const overview = z
  .object({
    greeting: z.string(),
    visits: z.int(),
    lastActivityAt: time.nullable(),
    accounts: z.array(account),
    balancesAsOf: time,
    recentActivity: z.array(activity),
    payees: z.array(payee),
    unfinishedTransfer: draft.nullable(),
  })
  .meta({ id: 'Overview' });

const begin = beginStep.unwrap().meta({ id: 'TransferBeginning' }).optional();

const unknown = Object.keys(unknownSessionProblems);
const changes = [...unknown, 'store-unavailable', 'session-contended'];
const remembered = (operation: Omit<Operation, 'security'>): Operation => ({
  security: 'cookie',
  ...operation,
  problems: [...changes, ...(operation.problems ?? [])],
});

/** What the session service takes, returns and refuses in a mode. */
export function sessionOpenApi(environment: SessionEnvironment): object {
  const { MODE } = environment;
  const prefix = prefixOf(MODE);
  return describeApi({
    title: `Tellers: the session service, mode ${MODE}`,
    description: 'The stateful teller: sign in once, and the teller remembers you until you sign out or stay away.',
    tags: {
      Session: 'Opening a session, and what the teller remembers.',
      Transfer: 'The three steps of a transfer, remembered.',
    },
    problems: sessionProblems,
    cookie: new SessionCookies(environment).sessionName,
    operations: {
      [`POST ${prefix}`]: {
        id: 'openSession',
        tag: 'Session',
        summary: 'Open a session',
        description: 'Opens a session for the bearer of a token and gives its cookie, which later requests must bring.',
        security: 'bearer',
        replies: {
          201: { description: 'The session', schema: session, headers: z.object({ 'Set-Cookie': z.string() }) },
        },
        problems: ['rate-limited', 'too-many-sessions', 'pod-draining', 'store-unavailable', 'store-nearly-full'],
      },
      [`GET ${prefix}`]: remembered({
        id: 'getSession',
        tag: 'Session',
        summary: 'Your session',
        description: 'Who you are to the teller, and until when.',
        replies: { 200: { description: 'The session', schema: session } },
      }),
      [`DELETE ${prefix}`]: remembered({
        id: 'endSession',
        tag: 'Session',
        summary: 'End the session',
        description: 'Ends the session and takes its cookie.',
        replies: { 204: { description: 'The session is over' } },
      }),
      [`GET ${prefix}/overview`]: remembered({
        id: 'getOverview',
        tag: 'Session',
        summary: 'What the teller remembers of you',
        description:
          'Greeting, balances, recent activity, payees and an unfinished transfer, shaped by earlier requests.',
        replies: { 200: { description: 'The overview', schema: overview } },
      }),
      [`POST ${prefix}/transfer`]: remembered({
        id: 'beginTransfer',
        tag: 'Transfer',
        summary: 'Begin a transfer',
        description:
          'From the current account unless another is named. Replaces one that was begun, unless its confirmation is not settled.',
        body: begin,
        replies: { 201: { description: 'The transfer so far', schema: draft } },
        problems: ['account-not-found', 'step-out-of-order'],
      }),
      [`PUT ${prefix}/transfer/payee`]: remembered({
        id: 'choosePayee',
        tag: 'Transfer',
        summary: 'Choose the payee',
        description: 'The first step; may be changed until the confirmation.',
        body: payeeStep.meta({ id: 'PayeeChoice' }),
        replies: { 200: { description: 'The transfer so far', schema: draft } },
        problems: ['step-out-of-order', 'same-account'],
      }),
      [`PUT ${prefix}/transfer/amount`]: remembered({
        id: 'chooseAmount',
        tag: 'Transfer',
        summary: 'Choose the amount',
        description: 'The second step, in minor units; may be changed until the confirmation.',
        body: amountStep.meta({ id: 'AmountChoice' }),
        replies: { 200: { description: 'The transfer so far', schema: draft } },
        problems: ['step-out-of-order'],
      }),
      [`POST ${prefix}/transfer/confirm`]: remembered({
        id: 'confirmTransfer',
        tag: 'Transfer',
        summary: 'Confirm the transfer',
        description:
          'Moves the money, once however often it is sent. After `outcome-unknown` or no reply send it again; nothing of the ' +
          'transfer can be changed before. When the session is over, `POST /account/transfers` settles it: with the ' +
          '`idempotencyKey` and the `order` that such a problem carries, or those of the steps before.',
        replies: { 201: { description: 'The transfer', schema: transfer } },
        problems: [
          'step-out-of-order',
          'account-not-found',
          'insufficient-funds',
          'currency-mismatch',
          'balance-overflow',
          'transfer-in-flight',
          'outcome-unknown',
        ],
      }),
      [`GET ${prefix}/transfer`]: remembered({
        id: 'getTransfer',
        tag: 'Transfer',
        summary: 'The transfer so far',
        description: 'What was chosen, and the step that comes next.',
        replies: { 200: { description: 'The transfer so far', schema: draft } },
        problems: ['no-transfer'],
      }),
      [`DELETE ${prefix}/transfer`]: remembered({
        id: 'dropTransfer',
        tag: 'Transfer',
        summary: 'Drop the transfer',
        description: 'Forgets the transfer that was begun; money that has moved stays moved.',
        replies: { 204: { description: 'No transfer is begun' } },
        problems: ['step-out-of-order'],
      }),
    },
  });
}
