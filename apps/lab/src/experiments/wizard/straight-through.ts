import { Errand } from '../../customers/errand.js';
import { Setback } from '../../customers/setback.js';
import { transfer } from '../../customers/transfer.js';
import { Visit } from '../../customers/visit.js';
import { seeded } from '../../load/random.js';
import type { ModeName } from '../../modes.js';
import type { Figures, Lab } from '../experiment.js';
import type { WizardKey } from './claims.js';

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
  const customers = await Promise.all(Array.from({ length: tried }, () => pool.take()));
  const random = seeded(seed);
  const errands = customers.map((customer) => {
    const visit = new Visit(customer, mode, tally, performance.now());
    return new Errand(visit, pool.payeeFor(customer, random));
  });
  for (const { telling } of errands) await telling.signIn();
  const before = { requests: tally.requests, bytes: { ...tally.bytes }, burden: { ...tally.burden } };
  const made = await Promise.all(errands.map(makeOne));
  const completed = made.filter((one) => one).length;
  const each = (total: number): number | null => (completed === 0 ? null : total / completed);
  const bytes = difference(tally.bytes, before.bytes);
  const burden = difference(tally.burden, before.burden);
  for (const { visit } of errands) {
    visit.leave();
    pool.release(visit.customer);
  }
  return {
    tried,
    completed,
    requests: each(tally.requests - before.requests),
    sent: each(bytes.requestHeader + bytes.requestBody),
    received: each(bytes.replyHeader + bytes.replyBody),
    prepared: each(burden.preparedFields),
    carried: each(burden.carriedFields),
    carriedBytes: each(burden.carriedBytes),
  };
}

async function makeOne(errand: Errand): Promise<boolean> {
  try {
    await errand.persist(() => transfer(errand));
    return true;
  } catch (error) {
    if (error instanceof Setback) return false;
    throw error;
  }
}

function difference<Part extends string>(
  after: Record<Part, number>,
  before: Record<Part, number>,
): Record<Part, number> {
  const parts = Object.keys(after) as Part[];
  return Object.fromEntries(parts.map((part) => [part, after[part] - before[part]])) as Record<Part, number>;
}
