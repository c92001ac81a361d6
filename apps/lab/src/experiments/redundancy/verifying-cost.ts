import { retrying } from '../../http/retry.js';
import type { BankCustomer } from '../../bank/customer.js';
import { refresh, signIn } from '../../bank/auth-client.js';
import type { Lab } from '../experiment.js';
import { cpuSecondsOf } from './cpu.js';

const linesAtOnce = 6;
/** CPU time is told in hundredths of a second: too few requests drown in that. */
const requestsPerSecondOfLoad = 20;

/**
 * CPU microseconds that account pods spend on a token they never saw: what requests with a new token each cost, less
 * what the same requests cost with one token. Auth hands out as many tokens in both, so that the pace is the same.
 * Never below 0, which it would be by noise alone.
 */
export async function verifyingCost(lab: Lab): Promise<number> {
  lab.progress('the cost of verifying a token');
  const customers = await Promise.all(Array.from({ length: linesAtOnce }, () => lab.pool.take()));
  try {
    for (const customer of customers) await signIn(customer, retrying(customer.connection));
    await cpuPerRequest(lab, customers, 'seen');
    // Twice each, in an order that lets a drift cancel out.
    const [seen1, fresh1, fresh2, seen2] = [
      await cpuPerRequest(lab, customers, 'seen'),
      await cpuPerRequest(lab, customers, 'fresh'),
      await cpuPerRequest(lab, customers, 'fresh'),
      await cpuPerRequest(lab, customers, 'seen'),
    ];
    return Math.max(0, (fresh1 + fresh2 - seen1 - seen2) / 2);
  } finally {
    for (const customer of customers) lab.pool.release(customer);
  }
}

async function cpuPerRequest(lab: Lab, customers: readonly BankCustomer[], token: 'seen' | 'fresh'): Promise<number> {
  const requestsPerLine = requestsPerSecondOfLoad * lab.seconds;
  const before = await cpuSecondsOf(lab.platform, 'stateless');
  const line = async (customer: BankCustomer): Promise<void> => {
    const send = retrying(customer.connection);
    const path = `/account/accounts/${customer.current.id}`;
    const seen = customer.credentials?.accessToken ?? '';
    for (let count = 0; count < requestsPerLine; count++) {
      const { accessToken } = await refresh(customer, send);
      await send({ operation: 'look', method: 'GET', path, bearer: token === 'seen' ? seen : accessToken });
    }
  };
  await Promise.all(customers.map(line));
  const used = (await cpuSecondsOf(lab.platform, 'stateless')) - before;
  return (used * 1e6) / (customers.length * requestsPerLine);
}
