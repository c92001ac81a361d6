import { retrying } from '../../http/retry.js';
import type { BankCustomer } from '../../bank/customer.js';
import { sharedIterations } from '../../load/shared-iterations.js';
import { refresh, signIn } from '../../bank/auth-client.js';
import type { Lab } from '../experiment.js';
import { cpuSecondsOf } from '../cpu.js';

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
  const customers = await lab.pool.takeSome(linesAtOnce);
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
  const iterations = customers.length * requestsPerSecondOfLoad * lab.seconds;
  const seen = customers.map(({ credentials }) => credentials?.accessToken ?? '');
  const before = await cpuSecondsOf(lab.platform, 'stateless');
  const iterate = async (_: number, _index: number, user: number): Promise<void> => {
    const customer = customers[user]!;
    const send = retrying(customer.connection);
    const path = `/account/accounts/${customer.current.id}`;
    const { accessToken } = await refresh(customer, send);
    await send({ operation: 'look', method: 'GET', path, bearer: token === 'seen' ? seen[user]! : accessToken });
  };
  await sharedIterations({ users: customers.length, iterations, iterate }).run();
  const used = (await cpuSecondsOf(lab.platform, 'stateless')) - before;
  return (used * 1e6) / iterations;
}
