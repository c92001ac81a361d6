import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName } from '../../bank/modes.js';
import { wherePossible } from '../../platform/cannot-here.js';
import type { CpuLimit } from '../../platform/platform.js';
import type { Experiment, Lab } from '../experiment.js';
import { LookingCustomers } from '../../bank/looking-customers.js';
import { cpuBetween, readCpu, type CpuAt } from '../cpu.js';
import { answeredOf, hotAndCold, p99, type Answered } from '../by-pod.js';
import { claims, kinds, type ColdPodKey } from './claims.js';
import { loadOverTime } from './plots.js';
import type { Figures } from '../../statistics/figures.js';

/** On a cluster as much as the chart's autoscalers aim at, so that these leave the pods alone. */
const millicores = { local: 30, kubernetes: 50 } as const;
const thinkMs = 60;
const maxUsers = 24;
const calmMs = 2_000;
const watchedMs = 4_000;

/** Claim 17: one pod, full of customers who stay; a second one comes, and it shows whom it helps. */
export const coldPod: Experiment<ColdPodKey> = {
  name: 'cold-pod',
  summary: 'a second pod for customers who stay: load and latency of the hottest pod against the average',
  claims,
  kinds,
  how:
    `One pod, held to ${millicores.local} thousandths of a core (${millicores.kubernetes} on a cluster) where it can be; up to ${maxUsers} customers sign in at ` +
    `stay, and look every ${thinkMs} ms on average. After ${calmMs} ms a second pod is added and, ${calmMs} ms later, held to the same; ` +
    `then both are watched for ${watchedMs} ms. The hottest pod is the one that answered most. Latency is from when a ` +
    'customer meant to ask. A pod that is young is slower for a while, in every mode: its code is compiled as it runs.',
  rounds: 1,
  together: 'quick',
  modes: ['stateless', 'sticky', 'shared'],
  expectedSeconds: (_, platform) => (platform === 'local' ? 16 : 60),
  measure,
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<ColdPodKey>> {
  const { platform, pool, seed } = lab;
  const { workload } = modes[mode];
  const podsBefore = (await platform.pods(workload)).length;
  const record = lab.recorder().of(mode);
  const answered: Answered[] = [];
  record.onRecorded = (recorded, intendedAt) => {
    const one = recorded.request.operation === 'look' ? answeredOf(recorded, intendedAt) : undefined;
    if (one !== undefined) answered.push(one);
  };
  const count = Math.min(maxUsers, pool.customers.length);
  const users = new LookingCustomers({ pool, users: count, mode, observer: record, seed, thinkMs });
  const limits: CpuLimit[] = [];
  try {
    lab.progress(`${mode}: one pod`);
    await platform.scale(workload, 1);
    await users.arrive();
    // Code is compiled before the limit: it would take minutes under it.
    await sleep(calmMs);
    const limited = await holdPods(lab, mode, limits);
    await sleep(calmMs / 2);
    const startedAt = performance.now();
    await sleep(calmMs);
    const alone = { ms: performance.now() - startedAt, answered: since(answered, startedAt) };
    lab.progress(`${mode}: a second pod`);
    await platform.scale(workload, 2);
    const secondReadyAt = performance.now();
    await sleep(calmMs);
    await holdPods(lab, mode, limits);
    const watchedFrom = performance.now();
    const cpuBefore = await readCpu(platform, workload);
    await sleep(watchedMs);
    const cpuAfter = await readCpu(platform, workload);
    const watchedForMs = performance.now() - watchedFrom;
    const pods = (await platform.pods(workload)).filter(({ phase }) => phase === 'ready').map(({ name }) => name);
    const together = since(answered, watchedFrom);
    lab.draw(loadOverTime(mode, since(answered, startedAt), { startedAt, secondReadyAt, watchedFrom }));
    return {
      before: (1_000 * alone.answered.length) / alone.ms,
      after: (1_000 * together.length) / watchedForMs,
      p99Before: p99(alone.answered),
      ...hotAndCold(together, pods),
      ...cpuOfLimit(limited ? millicores[platform.name] : undefined, cpuBefore, cpuAfter, pods),
      ...record.counts,
    };
  } finally {
    for (const limit of limits) await limit.lift();
    await users.leave();
    lab.tidyUp(platform.scale(workload, podsBefore));
  }
}

/** Limits the pods that are there now in place of those before; false where that cannot be, which is said. */
async function holdPods({ platform, note }: Lab, mode: ModeName, limits: CpuLimit[]): Promise<boolean> {
  // Lifted first: what a pod had before is what a limit goes back to.
  for (const before of limits.splice(0)) await before.lift();
  const limit = await wherePossible(platform.limitCpu(modes[mode].workload, millicores[platform.name]), note);
  if (limit === undefined) return false;
  limits.push(limit);
  note(limit.how);
  return true;
}

function cpuOfLimit(limit: number | undefined, one: CpuAt, other: CpuAt, pods: readonly string[]) {
  const used = limit === undefined ? null : cpuBetween(one, other, pods);
  const ofLimit = (percentOfCore: number | undefined): number | null =>
    limit === undefined || percentOfCore === undefined ? null : (percentOfCore * 1_000) / limit;
  return { cpuAverage: ofLimit(used?.average), cpuHottest: ofLimit(used?.busiest) };
}

const since = (answered: readonly Answered[], at: number): Answered[] => answered.filter(({ endedAt }) => endedAt > at);
