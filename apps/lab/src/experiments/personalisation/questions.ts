import { askingBy } from '../../customers/asking.js';
import type { Account, Customer } from '../../customers/customer.js';
import type { Ask } from '../../customers/exchange.js';

/** A request that is sent with a past and without. */
export interface Question {
  readonly ask: Ask;
  readonly withToken: boolean;
  /** Whether it is part of a look that knows balances, payments and the unfinished transfer. */
  readonly forLook: boolean;
}

/** What the counter that remembers is asked: who am I, what do I see, where was I, and go on. */
export function statefulQuestions(path: string, { current }: Customer): Question[] {
  const body = { amountMinor: 1, currency: current.currency };
  return [
    { ask: { operation: 'who', method: 'GET', path }, withToken: false, forLook: false },
    { ask: { operation: 'look', method: 'GET', path: `${path}/overview` }, withToken: false, forLook: true },
    { ask: { operation: 'where', method: 'GET', path: `${path}/transfer` }, withToken: false, forLook: false },
    {
      ask: { operation: 'amount', method: 'PUT', path: `${path}/transfer/amount`, body },
      withToken: false,
      forLook: false,
    },
  ];
}

/** The same of the counter that does not: where the customer was, it says itself, by the continuation that it brings. */
export async function statelessQuestions(customer: Customer, payee: Account): Promise<Question[]> {
  const { current, credentials } = customer;
  const steps = '/account/transfers/steps';
  const begun = await askingBy(customer.connection)({
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
    { ask: { operation: 'look', method: 'GET', path: '/account/accounts' }, withToken: true, forLook: true },
    {
      ask: { operation: 'one', method: 'GET', path: `/account/accounts/${current.id}` },
      withToken: true,
      forLook: false,
    },
    { ask: { operation: 'look', method: 'GET', path: entries }, withToken: true, forLook: true },
    { ask: { operation: 'amount', method: 'POST', path: steps, body }, withToken: true, forLook: true },
  ];
}
