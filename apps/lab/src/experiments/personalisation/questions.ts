import type { Account } from '#libs/bank';
import { retrying } from '../../http/retry.js';
import type { BankCustomer } from '../../bank/customer.js';
import type { PreparedRequest } from '../../http/recorded-request.js';

/** A request that is sent with a past and without. */
export interface Question {
  readonly request: PreparedRequest;
  /** Whether it is part of a look that knows balances, payments and the unfinished transfer. */
  readonly forLook: boolean;
}

/** What the stateful service is asked: who am I, what do I see, where was I, and go on. */
export function statefulQuestions(path: string, { current }: BankCustomer): Question[] {
  const body = { amountMinor: 1, currency: current.currency };
  return [
    { request: { operation: 'who', method: 'GET', path }, forLook: false },
    { request: { operation: 'look', method: 'GET', path: `${path}/overview` }, forLook: true },
    { request: { operation: 'where', method: 'GET', path: `${path}/transfer` }, forLook: false },
    { request: { operation: 'amount', method: 'PUT', path: `${path}/transfer/amount`, body }, forLook: false },
  ];
}

/** The same of the stateless one: where the customer was, it says itself, by the continuation that it brings. */
export async function statelessQuestions(customer: BankCustomer, payee: Account): Promise<Question[]> {
  const { current, credentials } = customer;
  const steps = '/account/transfers/steps';
  const begun = await retrying(customer.connection)({
    operation: 'payee',
    method: 'POST',
    path: steps,
    body: { step: 'payee', from: current.id, to: payee.id },
    bearer: credentials?.accessToken ?? '',
  });
  const { continuation } = begun.body as { continuation: string };
  const body = { step: 'amount', amountMinor: 1, currency: current.currency, continuation };
  const entries = `/account/accounts/${current.id}/entries?limit=10`;
  return [
    { request: { operation: 'look', method: 'GET', path: '/account/accounts' }, forLook: true },
    { request: { operation: 'one', method: 'GET', path: `/account/accounts/${current.id}` }, forLook: false },
    { request: { operation: 'look', method: 'GET', path: entries }, forLook: true },
    { request: { operation: 'amount', method: 'POST', path: steps, body }, forLook: true },
  ];
}
