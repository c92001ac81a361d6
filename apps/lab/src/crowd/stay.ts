import { enter, goOut } from '../customers/coming-and-going.js';
import type { Account } from '../customers/customer.js';
import { Errand } from '../customers/errand.js';
import { SessionLost, Setback, Stopped } from '../customers/setback.js';
import { transfer } from '../customers/transfer.js';
import { Visit } from '../customers/visit.js';
import type { JourneyEnd, Witness } from '../customers/witness.js';
import { exponential, type Random } from '../load/random.js';
import type { ModeName } from '../modes.js';
import type { Person } from './people.js';

export interface Stay {
  readonly mode: ModeName;
  readonly person: Person;
  readonly payee: Account;
  readonly witness: Witness;
  readonly random: Random;
  /** When the customer meant to come, in `performance.now()` time. */
  readonly intendedAt: number;
  readonly thinkMs: number;
  readonly lengthMs: number;
  /** Aborted when the customer is to go now. */
  readonly leaving: AbortSignal;
}

/** The others look around. */
const transferShare = 0.1;

/** One customer who comes, looks around, now and then transfers something, and goes. */
export async function stay(plan: Stay): Promise<void> {
  const { mode, person, payee, witness, random, thinkMs } = plan;
  const guest = person.customer.anotherDevice();
  const visit = new Visit(guest, mode, witness, plan.intendedAt, plan.leaving);
  const errand = new Errand(visit, payee, () => visit.think(exponential(thinkMs, random)));
  try {
    const end = await beThere(errand, plan).catch(endOf);
    await leave(visit);
    witness.journeyed(end);
  } finally {
    visit.leave();
    await guest.connection.close();
  }
}

async function beThere(errand: Errand, { person, random, lengthMs }: Stay): Promise<JourneyEnd> {
  const { visit, telling, think } = errand;
  const until = performance.now() + lengthMs;
  const takeToken = () => person.token.lend(visit.customer, (ask) => visit.ask(ask));
  await takeToken();
  await enter(errand);
  for (;;) {
    await think();
    if (performance.now() >= until) return 'finished';
    await takeToken();
    await errand.persist(random() < transferShare ? () => transfer(errand) : () => telling.look());
  }
}

function endOf(error: unknown): JourneyEnd {
  if (error instanceof Stopped) return 'stopped';
  if (error instanceof Setback) return 'gave-up';
  throw error;
}

/** Who has a session closes it; that it is lost may come out only then. */
async function leave(visit: Visit): Promise<void> {
  if (visit.session === undefined) return;
  try {
    await goOut(visit);
  } catch (error) {
    if (error instanceof SessionLost) visit.lose(error.cause, undefined);
    else if (!(error instanceof Setback)) throw error;
  }
}
