import type { Account } from '#libs/bank';
import { Scenario } from '../scenario.js';
import { SessionLost, StepError, Stopped } from '../../http/step-error.js';
import { transfer } from '../transfer.js';
import { ClientSession } from '../client-session.js';
import type { JourneyEnd, Observer } from '../observer.js';
import { exponential, type Random } from '../../load/random.js';
import type { ModeName } from '../modes.js';
import type { VirtualUser } from './user-pool.js';

export interface CustomerSessionPlan {
  readonly mode: ModeName;
  readonly person: VirtualUser;
  readonly payee: Account;
  readonly observer: Observer;
  readonly random: Random;
  /** When the customer meant to come, in `performance.now()` time. */
  readonly intendedAt: number;
  readonly thinkMs: number;
  readonly durationMs: number;
  /** Aborted when the customer is to go now. */
  readonly leaving: AbortSignal;
}

/** The others look around. */
const transferShare = 0.1;

/** One customer who comes, looks around, now and then transfers something, and goes. */
export async function runCustomerSession(plan: CustomerSessionPlan): Promise<void> {
  const { mode, person, payee, observer, random, thinkMs } = plan;
  const user = person.customer.anotherDevice();
  const clientSession = new ClientSession(user, mode, observer, plan.intendedAt, plan.leaving);
  const scenario = new Scenario(clientSession, payee, () => clientSession.think(exponential(thinkMs, random)));
  try {
    const end = await beThere(scenario, plan).catch(endOf);
    await leave(scenario);
    observer.journeyed(end);
  } finally {
    clientSession.leave();
    await user.connection.close();
  }
}

async function beThere(
  scenario: Scenario,
  { person, random, durationMs: lengthMs }: CustomerSessionPlan,
): Promise<JourneyEnd> {
  const { clientSession, client, think } = scenario;
  const until = performance.now() + lengthMs;
  const takeToken = () => person.token.lend(clientSession);
  await takeToken();
  await client.open();
  for (;;) {
    await think();
    if (performance.now() >= until) return 'finished';
    await takeToken();
    await scenario.withReauthentication(random() < transferShare ? () => transfer(scenario) : () => client.look());
  }
}

function endOf(error: unknown): JourneyEnd {
  if (error instanceof Stopped) return 'stopped';
  if (error instanceof StepError) return 'gave-up';
  throw error;
}

/** Who has a session closes it; that it is lost may come out only then. */
async function leave({ clientSession, client }: Scenario): Promise<void> {
  if (clientSession.session === undefined) return;
  try {
    await client.close();
  } catch (error) {
    if (error instanceof SessionLost) clientSession.lose(error.cause, undefined);
    else if (!(error instanceof StepError)) throw error;
  }
}
