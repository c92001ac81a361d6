import { Scenario, clientFor } from '../../bank/scenario.js';
import { succeeds } from '../../http/step-error.js';
import type { StyleClient } from '../../bank/style-client.js';
import { confirm } from '../../bank/transfer.js';
import { ClientSession } from '../../bank/client-session.js';
import { seeded } from '../../load/random.js';
import type { ModeName } from '../../bank/modes.js';
import type { Lab } from '../experiment.js';

/** After which step the interruption came. */
type Said = 'payee' | 'amount';

/** So many that of the pod that goes some are at each point. */
const customersPerPoint = 8;
const points: readonly Said[] = ['payee', 'amount'];

/** A customer in the middle of a transfer. */
interface Midway {
  readonly scenario: Scenario;
  readonly said: Said;
  readonly amountMinor: number;
}

/** Whether each could go on where it was, by the step. */
type GoingOn = Record<Said, boolean[]>;

/** The client loses all it had but token and cookies, as when a tab is closed and opened again. */
export async function clientCut(lab: Lab, mode: ModeName): Promise<GoingOn> {
  const midway = await bringMidway(lab, mode);
  return goOn(lab, midway, (scenario) => clientFor(scenario.clientSession));
}

/** The pod that answered most of them last goes; only those customers count, and each kept all that its client had. */
export async function podCut(lab: Lab, mode: ModeName, how: 'kill' | 'stop'): Promise<GoingOn> {
  const midway = await bringMidway(lab, mode);
  const homes = midway.map(({ scenario }) => scenario.clientSession.session?.home?.pod);
  const victim = mostFrequent(homes.filter((pod) => pod !== undefined));
  if (victim === undefined) return goOn(lab, [], (scenario) => scenario.client);
  await lab.platform[how](victim);
  const inVictim = midway.filter((_, index) => homes[index] === victim);
  release(
    lab,
    midway.filter((one) => !inVictim.includes(one)),
  );
  return goOn(lab, inVictim, (scenario) => scenario.client);
}

/** Customers that reached each point; in a mode that cannot hold a session some never do. */
async function bringMidway(lab: Lab, mode: ModeName): Promise<Midway[]> {
  const { pool, seed } = lab;
  const random = seeded(seed);
  const each = Math.min(customersPerPoint, Math.floor(pool.customers.length / points.length));
  const record = lab.recorder().of(mode);
  const wanted = points.flatMap((said) => Array.from({ length: each }, () => said));
  const arrived = wanted.map(async (said): Promise<Midway | undefined> => {
    const customer = await pool.take();
    const clientSession = new ClientSession(customer, mode, record, performance.now());
    const scenario = new Scenario(clientSession, pool.payeeFor(customer, random));
    const { client, payee } = scenario;
    const amountMinor = customer.transfers.freshAmountMinor();
    const come = async (): Promise<void> => {
      customer.credentials = undefined;
      await client.signIn();
      await scenario.withReauthentication(async () => {
        await client.payee(customer.current.id, payee.id);
        if (said === 'amount') await client.amount(amountMinor, customer.current.currency);
      });
    };
    if (await succeeds(come())) return { scenario, said, amountMinor };
    pool.release(customer);
    return undefined;
  });
  return (await Promise.all(arrived)).filter((one) => one !== undefined);
}

async function goOn(
  lab: Lab,
  midway: readonly Midway[],
  clientOf: (scenario: Scenario) => StyleClient,
): Promise<GoingOn> {
  const outcomes: GoingOn = { payee: [], amount: [] };
  const tries = midway.map(async (one) => outcomes[one.said].push(await nextStep(one, clientOf(one.scenario))));
  await Promise.all(tries);
  release(lab, midway);
  return outcomes;
}

function nextStep({ scenario, said, amountMinor }: Midway, client: StyleClient): Promise<boolean> {
  const { clientSession, payee } = scenario;
  const { current, transfers } = clientSession.customer;
  if (said === 'payee') return succeeds(client.amount(amountMinor, current.currency));
  const attempt = transfers.write(clientSession.mode, current.id, payee.id, amountMinor);
  return succeeds(confirm(clientSession, client, attempt));
}

function release({ pool }: Lab, midway: readonly Midway[]): void {
  for (const { scenario } of midway) {
    scenario.clientSession.leave();
    pool.release(scenario.clientSession.customer);
  }
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
}
