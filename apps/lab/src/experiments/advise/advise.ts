import { setTimeout as sleep } from 'node:timers/promises';
import { cpuLine, cpuUsAt, type LoadPoint } from '../../advise/cpu-line.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';
import type { Experiment, Lab } from '../experiment.js';
import { LookingCustomers } from '../../bank/looking-customers.js';
import { cpuSecondsOf } from '../cpu.js';
import { claims, kinds, type AdviseKey } from './claims.js';
import { stateCost } from './state-cost.js';
import type { Figures } from '../../statistics/figures.js';

/** A front door, nodes and the lab share a small cluster's machine: where replies take as long as the pauses, pauses foretell nothing. */
const thinkMs = {
  local: { many: 150, between: 400, few: 1_000 },
  kubernetes: { many: 700, between: 1_400, few: 3_000 },
} as const;
/** Twice as many requests as any load that counts: pods that are young spend more on the compiler than on customers. */
const warmUp = { ms: 4_000, times: 2 } as const;
/** Of so many pauses nearly every user has ended the one that it was in. */
const pausesOver = 2.5;
/** Below it a collection of garbage, or a probe, is a large part of what is measured. */
const minWindowMs = { local: 2_000, kubernetes: 3_000 } as const;

/** Claim 11: what another workload takes can be told from figures, before it comes. */
export const adviseExperiment: Experiment<AdviseKey> = {
  name: 'advise',
  summary: 'foretells what another workload costs in each mode, then sends it: are the figures good for advice?',
  claims,
  kinds,
  how:
    `All customers are inside and look around, first every ${thinkMs.local.many} ms on average, then every ${thinkMs.local.between}, ` +
    `then every ${thinkMs.local.few} (${Object.values(thinkMs.kubernetes).join(', ')} on a cluster). What the load between takes is foretold by the formulas of the command advise: requests by users / think ` +
    'time, bytes by those of a request under the first load, CPU by the straight line through the first load and the last. ' +
    'State of the reader’s own that does not stay in memory is parsed and checked, or serialised and signed ' +
    '(JSON, HMAC-SHA-256), in this process. The verdict leaves unpinned out: who loses a session signs in again, which is ' +
    'another load.',
  rounds: { local: 2, kubernetes: 1 },
  together: 'quick',
  expectedSeconds: ({ seconds }, platform) => {
    const { many, between } = thinkMs[platform];
    return (
      (3 * windowMs(seconds, platform) + warmUp.ms + pausesOver * (many / warmUp.times + many + between)) / 1_000 + 2
    );
  },
  async measure(lab, mode) {
    const { readKib, writeKib } = await lab.oncePerRound('the cost of state', () => Promise.resolve(stateCost()));
    const pods = await lab.platform.pods(modes[mode].workload);
    const { many, between, few } = await threeLoads(lab, mode, pods.length);
    const pauses = thinkMs[lab.platform.name];
    const acts = (pause: number): number => lab.pool.customers.length / (pause / 1_000);
    const perAct = many.requestsPerSecond / acts(pauses.many);
    const wire = many.bytesPerSecond / many.requestsPerSecond;
    const line = cpuLine(few, many);
    const requests = acts(pauses.between) * perAct;
    const predicted = { cpu: percentOfCore(cpuUsAt(line, requests)), wire: requests * wire };
    const met = { cpu: percentOfCore(between.cpuUsPerSecond), wire: between.bytesPerSecond };
    return {
      perAct,
      cpu: line.requestUs,
      atRest: percentOfCore(line.atRestUs / pods.length),
      wire,
      predictedCpu: predicted.cpu,
      metCpu: met.cpu,
      cpuOff: offBy(predicted.cpu, met.cpu),
      predictedWire: predicted.wire,
      metWire: met.wire,
      wireOff: offBy(predicted.wire, met.wire),
      chance: chanceOf(
        [pauses.many, pauses.between].map((pause) => (acts(pause) * windowMs(lab.seconds, lab.platform.name)) / 1_000),
      ),
      readKib,
      writeKib,
    } satisfies Figures<AdviseKey>;
  },
};

interface AdvisedLoad extends LoadPoint {
  readonly bytesPerSecond: number;
}

type Loads = Record<'many' | 'between' | 'few', AdvisedLoad>;

/** From many to few: who looks around often soon pauses longer, and who pauses long would be late to look around often. */
async function threeLoads(lab: Lab, mode: ModeName, pods: number): Promise<Loads> {
  const { platform, pool, seed } = lab;
  const { workload } = modes[mode];
  const pauses = thinkMs[platform.name];
  const record = lab.recorder().of(mode);
  const firstThinkMs = pauses.many / warmUp.times;
  const users = new LookingCustomers({
    pool,
    users: pool.customers.length,
    mode,
    observer: record,
    seed,
    thinkMs: firstThinkMs,
  });
  try {
    // A pod that an autoscaler takes away takes its CPU seconds with it.
    await platform.scaleExactly(workload, pods);
    lab.progress(`${mode}: customers sign in`);
    await users.arrive();
    await sleep(warmUp.ms);
    const many = await slower(pauses.many, 'many requests');
    const between = await slower(pauses.between, 'fewer requests, as foretold');
    return { many, between, few: await slower(pauses.few, 'few requests') };
  } finally {
    await users.leave();
    await platform.scale(workload, pods);
  }

  async function slower(pause: number, name: string): Promise<AdvisedLoad> {
    const before = users.thinkMs;
    users.thinkMs = pause;
    await sleep(before * pausesOver);
    return during(lab, record, name);
  }
}

async function during(lab: Lab, record: ModeRecord, name: string): Promise<AdvisedLoad> {
  lab.progress(`${record.mode}: ${name}`);
  const read = async () => ({
    at: performance.now(),
    cpu: await cpuSecondsOf(lab.platform, record.mode),
    requests: record.requests,
    bytes: Object.values(record.bytes).reduce((sum, part) => sum + part, 0),
  });
  const before = await read();
  await sleep(windowMs(lab.seconds, lab.platform.name));
  const after = await read();
  const seconds = (after.at - before.at) / 1_000;
  return {
    requestsPerSecond: Math.max(1, after.requests - before.requests) / seconds,
    bytesPerSecond: (after.bytes - before.bytes) / seconds,
    cpuUsPerSecond: ((after.cpu - before.cpu) * 1e6) / seconds,
  };
}

const windowMs = (seconds: number, platform: Platform['name']): number =>
  Math.max(minWindowMs[platform], (seconds * 1_000) / 2);
/** By how many percent two counts of acts that come by chance differ seldom from what is expected: two standard deviations (Poisson). */
const chanceOf = (counts: readonly number[]): number =>
  200 * Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0));
const percentOfCore = (us: number): number => us / 1e4;
const offBy = (predicted: number, met: number): number | null =>
  met === 0 ? null : (100 * Math.abs(predicted - met)) / met;
