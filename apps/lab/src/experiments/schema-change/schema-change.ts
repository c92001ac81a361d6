import { setTimeout as sleep } from 'node:timers/promises';
import { succeeds } from '../../http/step-error.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { seeded } from '../../load/random.js';
import { modeNames, modes, type ModeName } from '../../bank/modes.js';
import type { Experiment, Lab } from '../experiment.js';
import { withUsualPods } from '../fresh-pods.js';
import { claims, kinds, type SchemaChangeKey } from './claims.js';
import { meanwhile } from './meanwhile.js';
import { LongTimeCustomer } from './long-time-customer.js';
import type { Figures } from '../../statistics/figures.js';

const newVersion = { SESSION_RECORD_VERSION: '2' };
const afterwardsMs = 1_000;

/** Claim 15: half of a rollout that changes how sessions are written out, and sessions that go to and fro. */
export const schemaChange: Experiment<SchemaChangeKey> = {
  name: 'schema-change',
  summary:
    'old and new pods side by side, and sessions that go from one to the other and back: what is lost or misread',
  claims,
  kinds,
  how:
    'Half of the pods are replaced by ones that write sessions in another form (SESSION_RECORD_VERSION=2); all read both. ' +
    'Customers pay someone, begin another transfer, and then look again and again while each pod is stopped in turn, the ' +
    'old ones first, so that sessions go to the new ones and back. Each look is compared with the one before: payees, the ' +
    'unfinished transfer, the recent past. In the end each customer confirms the transfer that it had begun. A session goes ' +
    'from an old pod to a new one when these answer two looks of it, one after the other.',
  rounds: { local: 3, kubernetes: 2 },
  modes: modeNames.filter((mode) => ['handoff', 'redis'].includes(modes[mode].store)),
  together: 'always',
  expectedSeconds: (_, platform) => (platform === 'local' ? 20 : 120),
  // Or an autoscaler might take away a pod that is about to be stopped.
  measure: (lab, mode) => withUsualPods(lab, mode, (usual) => toAndFro(lab, mode, usual)),
};

async function toAndFro(lab: Lab, mode: ModeName, usual: number): Promise<Figures<SchemaChangeKey>> {
  const { platform, pool, quick, seed } = lab;
  const { workload } = modes[mode];
  const record = lab.recorder().of(mode);
  const renewed = Math.floor(usual / 2);
  if (renewed === 0) {
    lab.note(`${mode}: one pod cannot be old and new at once.`);
    return figuresOf(record, []);
  }
  if (!platform.isNumbered(workload)) {
    lab.note(`${mode}: its pods are those of a Deployment, of which none stays old while others are new.`);
    return figuresOf(record, []);
  }
  const pods = (await platform.pods(workload)).map(({ name }) => name).toSorted();
  const look = async (): Promise<void> => {
    await Promise.all(customers.map((one) => succeeds(one.look())));
  };
  const [old, young] = [pods.slice(0, -renewed), pods.slice(-renewed)];
  const customers: LongTimeCustomer[] = [];
  try {
    lab.progress(`${mode}: ${young.join(', ')} becomes new`);
    await platform.rollOut(workload, newVersion, renewed);
    // An odd number, so that pods that take turns do not get the same sessions each time.
    const count = Math.min(quick ? 7 : 13, pool.customers.length);
    for (let index = 0; index < count; index++) {
      customers.push(new LongTimeCustomer(await pool.take(), mode, record, new Set(young)));
    }
    await Promise.all(
      customers.map((one, index) => succeeds(one.begin(pool.payeeFor(one.customer, seeded(seed, index))))),
    );
    for (const pod of [...old, ...young]) {
      lab.progress(`${mode}: ${pod} is stopped, and sessions go elsewhere`);
      await meanwhile(look, platform.stop(pod));
      await platform.settled(60_000, workload);
    }
    await meanwhile(look, sleep(afterwardsMs));
    await Promise.all(customers.map((one) => succeeds(one.confirm())));
  } finally {
    for (const one of customers) {
      one.leave();
      pool.release(one.customer);
    }
    await platform.rollOut(workload, {}, 0);
  }
  const [example] = customers.flatMap(({ misreadings }) => misreadings);
  if (example !== undefined) lab.note(`${mode}: the first look that told something else: ${example}.`);
  return figuresOf(record, customers);
}

function figuresOf(record: ModeRecord, customers: readonly LongTimeCustomer[]): Figures<SchemaChangeKey> {
  const sum = (of: (one: LongTimeCustomer) => number): number => customers.reduce((total, one) => total + of(one), 0);
  return {
    sessions: customers.length,
    toNew: sum(({ toNew }) => toNew),
    toOld: sum(({ toOld }) => toOld),
    looks: sum(({ compared }) => compared),
    misread: sum(({ misreadings }) => misreadings.length),
    confirmed: sum(({ confirmed }) => confirmed),
    ...record.counts,
  };
}
