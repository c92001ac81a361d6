import type { BankCustomer } from '../../bank/customer.js';
import { Scenario } from '../../bank/scenario.js';
import { transfer } from '../../bank/transfer.js';
import { ClientSession } from '../../bank/client-session.js';
import type { ModeRecord } from '../../bank/mode-record.js';

/** Most entries that the bank gives on one page. */
export const pageEntries = 100;

/** Lets each customer pay the next one until the statements of all fill a page. */
export async function lengthenStatements(customers: readonly BankCustomer[], record: ModeRecord): Promise<void> {
  const scenarios: Scenario[] = [];
  for (const [index, customer] of customers.entries()) {
    const clientSession = new ClientSession(customer, 'stateless', record, performance.now());
    const scenario = new Scenario(clientSession, customers[(index + 1) % customers.length]!.current);
    // One after another: auth bounds how many passwords it hashes at once.
    await scenario.client.signIn();
    scenarios.push(scenario);
  }
  await Promise.all(
    scenarios.map(async (scenario) => {
      // Whoever pays is paid as often.
      for (let made = 0; made < pageEntries / 2; made++) await scenario.withReauthentication(() => transfer(scenario));
      await scenario.client.signOut();
    }),
  );
}
