import type { Send } from '../http/retry.js';
import type { CustomerTokens, BankCustomer } from './customer.js';

interface TokenReply {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/** A token nearer to its end than this is not begun with. */
const marginMs = 20_000;

/** Says the password at auth and keeps what it hands out. */
export async function signIn(customer: BankCustomer, send: Send): Promise<CustomerTokens> {
  const { username, password } = customer;
  const { body } = await send({
    operation: 'sign-in',
    method: 'POST',
    path: '/auth/login',
    body: { username, password },
  });
  return keep(customer, body);
}

/** Trades the refresh token for a new pair, without a password. */
export async function refresh(customer: BankCustomer, send: Send): Promise<CustomerTokens> {
  const token = customer.credentials?.refreshToken;
  const { body } = await send({
    operation: 'refresh',
    method: 'POST',
    path: '/auth/refresh',
    body: { refresh_token: token },
  });
  return keep(customer, body);
}

/** The access token, from a new sign-in when there is none or it ends soon. */
export async function bearerOf(customer: BankCustomer, send: Send): Promise<string> {
  const held = customer.credentials;
  if (held !== undefined && held.expiresAt - marginMs > performance.now()) return held.accessToken;
  return (await signIn(customer, send)).accessToken;
}

/** Gives the refresh token back and forgets both. */
export async function signOut(customer: BankCustomer, send: Send): Promise<void> {
  if (customer.credentials === undefined) return;
  const body = { refresh_token: customer.credentials.refreshToken };
  await send({ operation: 'sign-out', method: 'POST', path: '/auth/logout', body });
  customer.credentials = undefined;
}

function keep(customer: BankCustomer, body: unknown): CustomerTokens {
  const reply = body as TokenReply;
  customer.credentials = {
    accessToken: reply.access_token,
    refreshToken: reply.refresh_token,
    expiresAt: performance.now() + reply.expires_in * 1_000,
  };
  return customer.credentials;
}
