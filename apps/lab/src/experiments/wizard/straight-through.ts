import { Scenario } from '../../bank/scenario.js';
import { succeeds } from '../../http/step-error.js';
import { transfer } from '../../bank/transfer.js';
import { ClientSession } from '../../bank/client-session.js';
import { seeded } from '../../load/random.js';
import type { ModeName } from '../../bank/modes.js';
import type { Lab } from '../experiment.js';
import type { WizardKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const transfersAtOnce = 10;

type StraightKey = Extract<
  WizardKey,
  'tried' | 'completed' | 'requests' | 'sent' | 'received' | 'prepared' | 'carried' | 'carriedBytes'
>;

/** What a transfer takes when nobody interrupts it, on average over those that were made; losses by the mode itself count. */
export async function straightThrough(lab: Lab, mode: ModeName): Promise<Figures<StraightKey>> {
  const { pool, seed } = lab;
  const tally = lab.recorder().of(mode);
  const tried = Math.min(transfersAtOnce, pool.customers.length);
  const customers = await pool.takeSome(tried);
  const random = seeded(seed);
  const scenarios = customers.map((customer) => {
    const clientSession = new ClientSession(customer, mode, tally, performance.now());
    return new Scenario(clientSession, pool.payeeFor(customer, random));
  });
  for (const { client } of scenarios) await client.signIn();
  const before = { requests: tally.requests, bytes: { ...tally.bytes }, cost: { ...tally.cost } };
  const made = await Promise.all(
    scenarios.map((scenario) => succeeds(scenario.withReauthentication(() => transfer(scenario)))),
  );
  const completed = made.filter((one) => one).length;
  const each = (total: number): number | null => (completed === 0 ? null : total / completed);
  const bytes = difference(tally.bytes, before.bytes);
  const cost = difference(tally.cost, before.cost);
  for (const { clientSession } of scenarios) {
    clientSession.leave();
    pool.release(clientSession.customer);
  }
  return {
    tried,
    completed,
    requests: each(tally.requests - before.requests),
    sent: each(bytes.requestHeader + bytes.requestBody),
    received: each(bytes.replyHeader + bytes.replyBody),
    prepared: each(cost.preparedFields),
    carried: each(cost.carriedFields),
    carriedBytes: each(cost.carriedBytes),
  };
}

function difference<Part extends string>(
  after: Record<Part, number>,
  before: Record<Part, number>,
): Record<Part, number> {
  const parts = Object.keys(after) as Part[];
  return Object.fromEntries(parts.map((part) => [part, after[part] - before[part]])) as Record<Part, number>;
}
