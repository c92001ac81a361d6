import { Errand, tellingFor } from '../../customers/errand.js';
import type { CustomerPool } from '../../customers/pool.js';
import { Setback } from '../../customers/setback.js';
import { transfer } from '../../customers/transfer.js';
import { Visit } from '../../customers/visit.js';
import type { Witness } from '../../customers/witness.js';
import { exponential, seeded, type Random } from '../../load/random.js';
import type { ModeName } from '../../modes.js';

export interface InsidePlan {
  readonly pool: CustomerPool;
  readonly mode: ModeName;
  readonly witness: Witness;
  readonly seed: number;
  readonly thinkMs: number;
  /** Of what they do; the rest are looks. */
  readonly payShare: number;
  readonly leaving: AbortSignal;
}

/** Lets customers in who stay, look and pay until they are told to leave. Resolves to their stay when each has signed in. */
export async function letIn(plan: InsidePlan, count: number): Promise<{ readonly left: Promise<unknown> }> {
  const stays: Promise<void>[] = [];
  const signedIn = Array.from({ length: count }, async (_, index) => {
    const random = seeded(plan.seed, index);
    await new Promise<void>((inside) => stays.push(stay(plan, random, inside).finally(inside)));
  });
  await Promise.all(signedIn);
  return { left: Promise.all(stays) };
}

/** Whatever the bank answers, the customer stays, and tries something else a moment later. */
async function stay(plan: InsidePlan, random: Random, inside: () => void): Promise<void> {
  const { pool, mode, witness, thinkMs, payShare, leaving } = plan;
  const customer = await pool.take();
  const visit = new Visit(customer, mode, witness, performance.now(), leaving);
  while (!leaving.aborted) {
    try {
      await visit.think(exponential(thinkMs, random));
      if (visit.session === undefined) await tellingFor(visit).signIn();
      inside();
      const errand = new Errand(visit, pool.payeeFor(customer, random));
      await errand.persist(() => (random() < payShare ? transfer(errand) : errand.telling.look()));
    } catch (error) {
      if (!(error instanceof Setback)) throw error;
    }
  }
  visit.leave();
  pool.release(customer);
}
