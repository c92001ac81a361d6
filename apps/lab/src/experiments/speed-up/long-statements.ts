import type { Customer } from '../../customers/customer.js';
import { Errand } from '../../customers/errand.js';
import { transfer } from '../../customers/transfer.js';
import { Visit } from '../../customers/visit.js';
import type { ModeRecord } from '../../load/mode-record.js';

/** Most entries that the bank gives on one page. */
export const pageEntries = 100;

/** Lets each customer pay the next one until the statements of all fill a page. */
export async function lengthenStatements(customers: readonly Customer[], record: ModeRecord): Promise<void> {
  const errands: Errand[] = [];
  for (const [index, customer] of customers.entries()) {
    const visit = new Visit(customer, 'stateless', record, performance.now());
    const errand = new Errand(visit, customers[(index + 1) % customers.length]!.current);
    // One after another: auth bounds how many passwords it hashes at once.
    await errand.telling.signIn();
    errands.push(errand);
  }
  await Promise.all(
    errands.map(async (errand) => {
      // Whoever pays is paid as often.
      for (let made = 0; made < pageEntries / 2; made++) await errand.persist(() => transfer(errand));
      await errand.telling.signOut();
    }),
  );
}
