import { z } from 'zod';
import { account } from '#libs/bank';
import { describeApi } from '#libs/service';
import { authProblems } from './auth.problems.js';
import { newCustomer } from './customers/customer.js';
import { credentials, refreshGrant, tokenReply } from './login/credentials.js';

export const prefix = '/auth';

const customer = z.object({ customerId: z.string(), accounts: z.array(account) }).meta({ id: 'Customer' });
const publicJwk = z
  .object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    kid: z.string().meta({ description: 'Thumbprint of the key (RFC 7638)' }),
    alg: z.literal('ES256'),
    use: z.literal('sig'),
  })
  .meta({ id: 'PublicKey' });
const keySet = z.object({ keys: z.array(publicJwk) }).meta({ id: 'KeySet' });
const grant = refreshGrant.meta({ id: 'RefreshGrant' });
const tokens = {
  200: {
    description: 'Tokens, by their OAuth names',
    schema: tokenReply.meta({ id: 'Tokens' }),
    headers: z.object({ 'Cache-Control': z.literal('no-store') }),
  },
};

/** What the auth service takes, returns and refuses. */
export const authOpenApi = describeApi({
  title: 'Tellers: the auth service',
  description: 'Who you are: register, sign in, refresh, sign out, and the keys that access tokens are checked with.',
  tags: {
    Customers: 'Who has an account here.',
    Keys: 'What tokens are checked with.',
    'Signing in': 'Tokens: got with a password, refreshed, and given back.',
  },
  problems: authProblems,
  operations: {
    'POST /auth/customers': {
      id: 'registerCustomer',
      tag: 'Customers',
      summary: 'Register',
      description:
        'Makes a customer with a current and a savings account, each opened with a deposit. Usernames that differ in ' +
        'case only are the same. A registration that failed half-way is finished by sending it again.',
      body: newCustomer.meta({ id: 'NewCustomer' }),
      replies: {
        201: {
          description: 'The new customer',
          schema: customer,
        },
      },
      problems: [
        'username-taken',
        'rate-limited',
        'too-busy',
        'store-unavailable',
        'store-nearly-full',
        'balance-overflow',
      ],
    },
    'POST /auth/login': {
      id: 'logIn',
      tag: 'Signing in',
      summary: 'Sign in',
      description: 'Gives an access token for 5 minutes and a refresh token.',
      body: credentials.meta({ id: 'Credentials' }),
      replies: tokens,
      problems: ['credentials-invalid', 'rate-limited', 'too-many-failures', 'too-busy', 'store-unavailable'],
    },
    'POST /auth/refresh': {
      id: 'refreshTokens',
      tag: 'Signing in',
      summary: 'Refresh',
      description:
        'Trades a refresh token for a new pair. Each is good once: using one again signs out everything that came from ' +
        'the same sign-in.',
      body: grant,
      replies: tokens,
      problems: ['refresh-token-invalid', 'rate-limited', 'store-unavailable'],
    },
    'POST /auth/logout': {
      id: 'logOut',
      tag: 'Signing in',
      summary: 'Sign out',
      description: 'Ends what a sign-in began. Answers the same for a token that is unknown or ended already.',
      body: grant,
      replies: { 204: { description: 'Signed out' } },
      problems: ['store-unavailable'],
    },
    'GET /auth/.well-known/jwks.json': {
      id: 'getKeySet',
      tag: 'Keys',
      summary: 'Public keys',
      description: 'The keys that access tokens are signed with, now, soon or until a moment ago (RFC 7517).',
      replies: {
        200: {
          description: 'The key set',
          schema: keySet,
          headers: z.object({ 'Cache-Control': z.string() }),
        },
      },
    },
  },
});
