import { z } from 'zod';
import { accountId, currency, customerAccountKinds } from '#libs/bank';
import { describeApi } from '#libs/service';
import { authProblems } from './auth.problems.js';
import { newCustomer } from './customers/customer.js';
import { credentials, refreshGrant, tokenReply } from './login/credentials.js';

export const prefix = '/auth';

const account = z.object({
  id: accountId,
  kind: z.enum(customerAccountKinds),
  currency,
  balanceMinor: z.int().meta({ description: 'Minor units of the currency' }),
});
const publicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string().meta({ description: 'Thumbprint of the key (RFC 7638)' }),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
});
const tokens = {
  200: {
    description: 'Tokens, by their OAuth names',
    schema: tokenReply,
    headers: z.object({ 'Cache-Control': z.literal('no-store') }),
  },
};

/** What the auth service takes, returns and refuses. */
export const authOpenApi = describeApi({
  title: 'Tellers: the auth service',
  description: 'Who you are: register, sign in, refresh, sign out, and the keys that access tokens are checked with.',
  problems: authProblems,
  operations: {
    'POST /auth/customers': {
      summary: 'Register',
      description:
        'Makes a customer with a current and a savings account, each opened with a deposit. Usernames that differ in ' +
        'case only are the same. A registration that failed half-way is finished by sending it again.',
      body: newCustomer,
      replies: {
        201: {
          description: 'The new customer',
          schema: z.object({ customerId: z.string(), accounts: z.array(account) }),
        },
      },
      problems: ['username-taken', 'too-busy', 'store-unavailable', 'store-nearly-full', 'balance-overflow'],
    },
    'POST /auth/login': {
      summary: 'Sign in',
      description: 'Gives an access token for 5 minutes and a refresh token.',
      body: credentials,
      replies: tokens,
      problems: ['credentials-invalid', 'too-busy', 'store-unavailable'],
    },
    'POST /auth/refresh': {
      summary: 'Refresh',
      description:
        'Trades a refresh token for a new pair. Each is good once: using one again signs out everything that came from ' +
        'the same sign-in.',
      body: refreshGrant,
      replies: tokens,
      problems: ['refresh-token-invalid', 'store-unavailable'],
    },
    'POST /auth/logout': {
      summary: 'Sign out',
      description: 'Ends what a sign-in began. Answers the same for a token that is unknown or ended already.',
      body: refreshGrant,
      replies: { 204: { description: 'Signed out' } },
      problems: ['store-unavailable'],
    },
    'GET /auth/.well-known/jwks.json': {
      summary: 'Public keys',
      description: 'The keys that access tokens are signed with, now, soon or until a moment ago (RFC 7517).',
      replies: {
        200: {
          description: 'The key set',
          schema: z.object({ keys: z.array(publicJwk) }),
          headers: z.object({ 'Cache-Control': z.string() }),
        },
      },
    },
  },
});
