import type { BankCustomer } from '../../bank/customer.js';
import { Scenario } from '../../bank/scenario.js';
import type { PreparedRequest } from '../../http/recorded-request.js';
import { succeeds } from '../../http/step-error.js';
import { transfer } from '../../bank/transfer.js';
import { ClientSession } from '../../bank/client-session.js';
import type { Observer } from '../../bank/observer.js';
import { seeded } from '../../load/random.js';
import { sharedIterations } from '../../load/shared-iterations.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Lab } from '../experiment.js';
import type { ReplayedReply } from './same-reply.js';

/** A request to a service as it was sent, and what came back. */
export interface Recorded {
  readonly customer: BankCustomer;
  readonly request: PreparedRequest;
  readonly cookies: readonly string[];
  readonly reply: ReplayedReply;
  /** Whether it reads the ledger and was asked before this journey and the others had moved their money. */
  readonly ledgerMoved: boolean;
}

/**
 * Lets customers look, pay, and look twice, and writes down each request to its service. All have paid before the first
 * looks again, so that from there on the ledger stays as it is. Nobody signs out: that would end what is to be found.
 */
export async function recordJourneys(lab: Lab, mode: ModeName, count: number, observer: Observer): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const customers = await lab.pool.takeSome(count);
  let allHavePaid = false;
  const scenarios = customers.map((customer, index) => {
    customer.connection.onRecorded = ({ request, status, body }, cookies) => {
      if (!request.path.startsWith(modes[mode].path)) return;
      const ledgerMoved = request.operation === 'look' && !allHavePaid;
      recorded.push({ customer, request, cookies, reply: { status, body }, ledgerMoved });
    };
    const clientSession = new ClientSession(customer, mode, observer, performance.now());
    return new Scenario(clientSession, lab.pool.payeeFor(customer, seeded(lab.seed, index)));
  });
  try {
    await inTurn(scenarios, async (scenario) => {
      await scenario.client.signIn();
      await scenario.withReauthentication(() => scenario.client.look());
      await scenario.withReauthentication(() => transfer(scenario));
    });
    allHavePaid = true;
    for (const _ of [1, 2])
      await inTurn(scenarios, (scenario) => scenario.withReauthentication(() => scenario.client.look()));
    return recorded;
  } finally {
    for (const { clientSession } of scenarios) {
      clientSession.leave();
      clientSession.customer.connection.onRecorded = () => undefined;
      lab.pool.release(clientSession.customer);
    }
  }
}

/** Some at a time; one that has to give up has said what it said. */
async function inTurn(scenarios: readonly Scenario[], act: (scenario: Scenario) => Promise<void>): Promise<void> {
  const iterate = (_: number, index: number): Promise<boolean> => succeeds(act(scenarios[index]!));
  await sharedIterations({ users: 4, iterations: scenarios.length, iterate }).run();
}
