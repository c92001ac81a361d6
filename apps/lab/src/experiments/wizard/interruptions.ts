import { Errand, tellingFor } from '../../customers/errand.js';
import { Setback } from '../../customers/setback.js';
import type { Telling } from '../../customers/telling.js';
import { confirm } from '../../customers/transfer.js';
import { Visit } from '../../customers/visit.js';
import { seeded } from '../../load/random.js';
import type { ModeName } from '../../modes.js';
import type { Lab } from '../experiment.js';

/** Whether an interrupted customer could go on where it was. */
export type GoesOn = boolean;

/** After which step the interruption came. */
type Said = 'payee' | 'amount';

const customersPerPoint = 4;
const points: readonly Said[] = ['payee', 'amount'];

/** A customer in the middle of a transfer. */
interface Midway {
  readonly errand: Errand;
  readonly said: Said;
  readonly amountMinor: number;
}

/** The client loses all it had but token and cookies, as when a tab is closed and opened again. */
export async function clientCut(lab: Lab, mode: ModeName): Promise<Record<Said, GoesOn[]>> {
  const midway = await bringMidway(lab, mode);
  return goOn(lab, midway, (errand) => tellingFor(errand.visit));
}

/** The pod that answered most of them last goes; only those customers count, and each kept all that its client had. */
export async function podCut(lab: Lab, mode: ModeName, how: 'kill' | 'stop'): Promise<Record<Said, GoesOn[]>> {
  const midway = await bringMidway(lab, mode);
  const homes = midway.map(({ errand }) => errand.visit.session?.home?.pod);
  const victim = mostFrequent(homes.filter((pod) => pod !== undefined));
  if (victim === undefined) return goOn(lab, [], (errand) => errand.telling);
  await lab.platform[how](victim);
  const inVictim = midway.filter((_, index) => homes[index] === victim);
  release(
    lab,
    midway.filter((one) => !inVictim.includes(one)),
  );
  return goOn(lab, inVictim, (errand) => errand.telling);
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
    const visit = new Visit(customer, mode, record, performance.now());
    const errand = new Errand(visit, pool.payeeFor(customer, random));
    const { telling, payee } = errand;
    const amountMinor = customer.transfers.freshAmountMinor();
    try {
      customer.credentials = undefined;
      await telling.signIn();
      await errand.persist(async () => {
        await telling.payee(customer.current.id, payee.id);
        if (said === 'amount') await telling.amount(amountMinor, customer.current.currency);
      });
      return { errand, said, amountMinor };
    } catch (error) {
      if (!(error instanceof Setback)) throw error;
      pool.release(customer);
      return undefined;
    }
  });
  return (await Promise.all(arrived)).filter((one) => one !== undefined);
}

async function goOn(
  lab: Lab,
  midway: readonly Midway[],
  tellingOf: (errand: Errand) => Telling,
): Promise<Record<Said, GoesOn[]>> {
  const outcomes: Record<Said, GoesOn[]> = { payee: [], amount: [] };
  const tries = midway.map(async (one) => outcomes[one.said].push(await nextStep(one, tellingOf(one.errand))));
  await Promise.all(tries);
  release(lab, midway);
  return outcomes;
}

async function nextStep({ errand, said, amountMinor }: Midway, telling: Telling): Promise<GoesOn> {
  const { visit, payee } = errand;
  const { current, transfers } = visit.customer;
  try {
    if (said === 'payee') await telling.amount(amountMinor, current.currency);
    else await confirm(visit, telling, transfers.write(visit.mode, current.id, payee.id, amountMinor));
    return true;
  } catch (error) {
    if (error instanceof Setback) return false;
    throw error;
  }
}

function release({ pool }: Lab, midway: readonly Midway[]): void {
  for (const { errand } of midway) {
    errand.visit.leave();
    pool.release(errand.visit.customer);
  }
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
}
