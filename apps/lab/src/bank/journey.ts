import type { Account } from '#libs/bank';
import { exponential, type Random } from '../load/random.js';
import { Scenario } from './scenario.js';
import { SessionLost, StepError, Stopped } from '../http/step-error.js';
import { transfer } from './transfer.js';
import type { ClientSession } from './client-session.js';
import type { JourneyEnd } from './observer.js';

export interface JourneyPlan {
  readonly clientSession: ClientSession;
  readonly payee: Account;
  readonly random: Random;
  /** Mean of the exponential think time between two steps; 0 for none. */
  readonly thinkMs: number;
}

/**
 * One journey: sign in, look, look again, transfer in three steps, look, sign out. Resolves also when the customer
 * gives up.
 */
export async function journey(plan: JourneyPlan): Promise<JourneyEnd> {
  const { clientSession } = plan;
  const end = await travel(plan).catch((error: unknown): JourneyEnd => {
    if (error instanceof Stopped) return 'stopped';
    if (error instanceof StepError) return 'gave-up';
    throw error;
  });
  clientSession.leave();
  clientSession.observer.journeyed(end);
  return end;
}

async function travel({ clientSession, payee, random, thinkMs }: JourneyPlan): Promise<JourneyEnd> {
  const scenario = new Scenario(clientSession, payee, () => clientSession.think(exponential(thinkMs, random)));
  const { client, think } = scenario;
  const acts = [() => client.look(), () => client.look(), () => transfer(scenario), () => client.look()];
  clientSession.customer.credentials = undefined;
  await client.signIn();
  for (const act of acts) {
    await think();
    await scenario.withReauthentication(act);
  }
  await think();
  await client.signOut().catch((error: unknown) => {
    if (!(error instanceof SessionLost)) throw error;
    clientSession.lose(error.cause, undefined);
  });
  return 'finished';
}
