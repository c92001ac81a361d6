import { exponential, type Random } from '../load/random.js';
import type { Account } from './customer.js';
import { Errand } from './errand.js';
import { SessionLost, Setback, Stopped } from './setback.js';
import { transfer } from './transfer.js';
import type { Visit } from './visit.js';
import type { JourneyEnd } from './witness.js';

export interface JourneyPlan {
  readonly visit: Visit;
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
  const { visit } = plan;
  const end = await travel(plan).catch((error: unknown): JourneyEnd => {
    if (error instanceof Stopped) return 'stopped';
    if (error instanceof Setback) return 'gave-up';
    throw error;
  });
  visit.leave();
  visit.witness.journeyed(end);
  return end;
}

async function travel({ visit, payee, random, thinkMs }: JourneyPlan): Promise<JourneyEnd> {
  const errand = new Errand(visit, payee, () => visit.think(exponential(thinkMs, random)));
  const { telling, think } = errand;
  const acts = [() => telling.look(), () => telling.look(), () => transfer(errand), () => telling.look()];
  visit.customer.credentials = undefined;
  await telling.signIn();
  for (const act of acts) {
    await think();
    await errand.persist(act);
  }
  await think();
  await telling.signOut().catch((error: unknown) => {
    if (!(error instanceof SessionLost)) throw error;
    visit.lose(error.cause, undefined);
  });
  return 'finished';
}
