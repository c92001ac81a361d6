import type { Customer } from '../../customers/customer.js';
import { Errand } from '../../customers/errand.js';
import type { Ask } from '../../customers/exchange.js';
import { Setback } from '../../customers/setback.js';
import { transfer } from '../../customers/transfer.js';
import { Visit } from '../../customers/visit.js';
import type { Witness } from '../../customers/witness.js';
import { seeded } from '../../load/random.js';
import { modes, type ModeName } from '../../modes.js';
import type { Lab } from '../experiment.js';
import type { Reply } from './same-reply.js';

/** A request to a counter as it was sent, and what came back. */
export interface Recorded {
  readonly customer: Customer;
  readonly ask: Ask;
  readonly cookies: readonly string[];
  readonly reply: Reply;
  /** Whether it reads the ledger and was asked before this journey and the others had moved their money. */
  readonly ledgerMoved: boolean;
}

/**
 * Lets customers look, pay, and look twice, and writes down each request to the counter. All have paid before the first
 * looks again, so that from there on the ledger stays as it is. Nobody signs out: that would end what is to be found.
 */
export async function recordJourneys(lab: Lab, mode: ModeName, count: number, witness: Witness): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const customers = await Promise.all(Array.from({ length: count }, () => lab.pool.take()));
  let allHavePaid = false;
  const errands = customers.map((customer, index) => {
    customer.connection.onExchange = ({ ask, status, body }, cookies) => {
      if (!ask.path.startsWith(modes[mode].path)) return;
      const ledgerMoved = ask.operation === 'look' && !allHavePaid;
      recorded.push({ customer, ask, cookies, reply: { status, body }, ledgerMoved });
    };
    const visit = new Visit(customer, mode, witness, performance.now());
    return new Errand(visit, lab.pool.payeeFor(customer, seeded(lab.seed, index)));
  });
  try {
    await inTurn(errands, async (errand) => {
      await errand.telling.signIn();
      await errand.persist(() => errand.telling.look());
      await errand.persist(() => transfer(errand));
    });
    allHavePaid = true;
    for (const _ of [1, 2]) await inTurn(errands, (errand) => errand.persist(() => errand.telling.look()));
    return recorded;
  } finally {
    for (const { visit } of errands) {
      visit.leave();
      visit.customer.connection.onExchange = () => undefined;
      lab.pool.release(visit.customer);
    }
  }
}

/** Some at a time; one that has to give up has said what it said. */
async function inTurn(errands: readonly Errand[], act: (errand: Errand) => Promise<void>): Promise<void> {
  const waiting = [...errands];
  const line = async (): Promise<void> => {
    for (let errand = waiting.shift(); errand; errand = waiting.shift()) {
      await act(errand).catch((error: unknown) => {
        if (!(error instanceof Setback)) throw error;
      });
    }
  };
  await Promise.all([line(), line(), line(), line()]);
}
