import { z } from 'zod';
import { accountId, currency, customerAccountKinds, transferOrder } from '#libs/bank';
import { describeApi, type Operation } from '#libs/service';
import { prefixOf, type SessionEnvironment } from './environment.js';
import { sessionProblems, unknownSessionProblems } from './session.problems.js';
import { SessionCookies } from './sessions/cookies.js';
import { amountStep, beginStep, payeeStep } from './transfer/steps.js';

const time = z.iso.datetime();
const minor = z.int().meta({ description: 'Minor units of the currency' });
const account = z.object({ id: accountId, kind: z.enum(customerAccountKinds), currency, balanceMinor: minor });
const transfer = transferOrder.extend({ transferId: z.string(), at: time });
const draft = z.object({
  idempotencyKey: z.string().meta({ description: 'of the transfer, at the account service too' }),
  from: accountId,
  to: accountId.optional(),
  amountMinor: minor.optional(),
  currency: currency.optional(),
  next: z.enum(['payee', 'amount', 'confirm']).nullable().meta({ description: 'null once the money has moved' }),
});
const session = z.object({
  customerId: z.string(),
  name: z.string(),
  createdAt: time,
  expiresAt: time,
  idleTimeoutMs: z.int(),
});
const overview = z.object({
  greeting: z.string(),
  visits: z.int(),
  lastActivityAt: time.nullable(),
  accounts: z.array(account),
  balancesAsOf: time,
  recentActivity: z.array(z.looseObject({ at: time, what: z.string() })),
  payees: z.array(z.object({ account: accountId, times: z.int(), lastUsedAt: time })),
  unfinishedTransfer: draft.nullable(),
});

const unknown = Object.keys(unknownSessionProblems);
const changes = [...unknown, 'store-unavailable', 'session-contended', 'cross-origin-refused'];
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
    problems: sessionProblems,
    cookie: new SessionCookies(environment).sessionName,
    operations: {
      [`POST ${prefix}`]: {
        summary: 'Sign in at the counter',
        description: 'Opens a session for the bearer of a token and gives its cookie, which later requests must bring.',
        security: 'bearer',
        replies: {
          201: { description: 'The session', schema: session, headers: z.object({ 'Set-Cookie': z.string() }) },
        },
        problems: [
          'too-many-sessions',
          'pod-draining',
          'store-unavailable',
          'store-nearly-full',
          'cross-origin-refused',
        ],
      },
      [`GET ${prefix}`]: remembered({
        summary: 'Your session',
        description: 'Who you are to the teller, and until when.',
        replies: { 200: { description: 'The session', schema: session } },
      }),
      [`DELETE ${prefix}`]: remembered({
        summary: 'Sign out at the counter',
        description: 'Ends the session and takes its cookie.',
        replies: { 204: { description: 'The session is over' } },
      }),
      [`GET ${prefix}/overview`]: remembered({
        summary: 'What the teller remembers of you',
        description:
          'Greeting, balances, recent activity, payees and an unfinished transfer, shaped by earlier requests.',
        replies: { 200: { description: 'The overview', schema: overview } },
      }),
      [`POST ${prefix}/transfer`]: remembered({
        summary: 'Begin a transfer',
        description:
          'From the current account unless another is named. Replaces one that was begun, unless its confirmation is not settled.',
        body: beginStep,
        replies: { 201: { description: 'The transfer so far', schema: draft } },
        problems: ['account-not-found', 'step-out-of-order'],
      }),
      [`PUT ${prefix}/transfer/payee`]: remembered({
        summary: 'Choose the payee',
        description: 'The first step; may be changed until the confirmation.',
        body: payeeStep,
        replies: { 200: { description: 'The transfer so far', schema: draft } },
        problems: ['step-out-of-order', 'same-account'],
      }),
      [`PUT ${prefix}/transfer/amount`]: remembered({
        summary: 'Choose the amount',
        description: 'The second step, in minor units; may be changed until the confirmation.',
        body: amountStep,
        replies: { 200: { description: 'The transfer so far', schema: draft } },
        problems: ['step-out-of-order'],
      }),
      [`POST ${prefix}/transfer/confirm`]: remembered({
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
        summary: 'The transfer so far',
        description: 'What was chosen, and the step that comes next.',
        replies: { 200: { description: 'The transfer so far', schema: draft } },
        problems: ['no-transfer'],
      }),
      [`DELETE ${prefix}/transfer`]: remembered({
        summary: 'Drop the transfer',
        description: 'Forgets the transfer that was begun; money that has moved stays moved.',
        replies: { 204: { description: 'No transfer is begun' } },
        problems: ['step-out-of-order'],
      }),
    },
  });
}
