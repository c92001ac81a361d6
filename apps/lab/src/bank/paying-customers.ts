import { Scenario, clientFor } from './scenario.js';
import { succeeds } from '../http/step-error.js';
import { transfer } from './transfer.js';
import { ClientSession } from './client-session.js';
import type { CustomersPlan } from './traffic.js';
import { exponential, seeded } from '../load/random.js';
import { LoopingVirtualUsers } from '../load/looping-virtual-users.js';

export interface PayingCustomersPlan extends CustomersPlan {
  readonly users: number;
  /** Of what they do; the rest are looks. */
  readonly payShare: number;
}

/** Customers who stay, look and pay; whatever the bank answers, each tries something else a moment later. */
export function payingCustomers(plan: PayingCustomersPlan): LoopingVirtualUsers {
  const { pool, mode, observer, thinkMs, payShare } = plan;
  return new LoopingVirtualUsers(plan.users, async (user, arrived, leaving) => {
    const random = seeded(plan.seed, user);
    const customer = await pool.take();
    const clientSession = new ClientSession(customer, mode, observer, performance.now(), leaving);
    const goOn = async (): Promise<void> => {
      await clientSession.think(exponential(thinkMs, random));
      if (clientSession.session === undefined) await clientFor(clientSession).signIn();
      arrived();
      const scenario = new Scenario(clientSession, pool.payeeFor(customer, random));
      await scenario.withReauthentication(() => (random() < payShare ? transfer(scenario) : scenario.client.look()));
    };
    while (!leaving.aborted) await succeeds(goOn());
    clientSession.leave();
    pool.release(customer);
  });
}
