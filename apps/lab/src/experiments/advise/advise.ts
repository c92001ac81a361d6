import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeRecord } from '../../load/mode-record.js';
import type { ModeName } from '../../modes.js';
import type { Experiment, Figures, Lab } from '../experiment.js';
import { Guests } from '../guests.js';
import { cpuSecondsOf } from '../redundancy/cpu.js';
import { claims, kinds, type AdviseKey } from './claims.js';
import { stateCost } from './state-cost.js';

const firstThinkMs = 150;
const secondThinkMs = 400;
const warmUpMs = 1_000;

/** Claim 11: what another workload takes can be told from figures, before it comes. */
export const adviseExperiment: Experiment<AdviseKey> = {
  name: 'advise',
  summary: 'foretells what another workload costs in each mode, then sends it: are the figures good for advice?',
  claims,
  kinds,
  how:
    `All customers are inside and look around every ${firstThinkMs} ms on average: requests an act, CPU and bytes a ` +
    `request are measured. From these and users / think time it is foretold what they take at ${secondThinkMs} ms, by the formulas of \`lab advise\`; then ` +
    'they do that. State of the reader’s own that does not stay in memory is parsed and checked, or serialised and signed ' +
    '(JSON, HMAC-SHA-256), in this process.',
  rounds: 2,
  expectedSeconds: ({ seconds }) => seconds + 4,
  async measure(lab, mode) {
    const { readKib, writeKib } = await lab.oncePerRound('the cost of state', () => Promise.resolve(stateCost()));
    const guests = lab.pool.customers.length;
    const { first, second } = await twoLoads(lab, mode);
    const actsPerSecond = (thinkMs: number): number => guests / (thinkMs / 1_000);
    const perAct = first.requests / (first.seconds * actsPerSecond(firstThinkMs));
    const perSecond = actsPerSecond(secondThinkMs) * perAct;
    const cpu = first.cpuUs / first.requests;
    const wire = first.bytes / first.requests;
    const cpuOf = (us: number): number => us / 1e4;
    const foretold = { cpu: cpuOf(perSecond * cpu), wire: perSecond * wire };
    const met = { cpu: cpuOf(second.cpuUs / second.seconds), wire: second.bytes / second.seconds };
    return {
      perAct,
      cpu,
      wire,
      foretoldCpu: foretold.cpu,
      metCpu: met.cpu,
      cpuOff: offBy(foretold.cpu, met.cpu),
      foretoldWire: foretold.wire,
      metWire: met.wire,
      wireOff: offBy(foretold.wire, met.wire),
      readKib,
      writeKib,
    } satisfies Figures<AdviseKey>;
  },
};

interface Load {
  readonly seconds: number;
  readonly requests: number;
  readonly bytes: number;
  readonly cpuUs: number;
}

async function twoLoads(lab: Lab, mode: ModeName): Promise<{ first: Load; second: Load }> {
  const { pool, seed, seconds } = lab;
  const record = lab.recorder().of(mode);
  const guests = new Guests({ pool, mode, witness: record, seed, thinkMs: firstThinkMs });
  try {
    lab.progress(`${mode}: customers sign in`);
    await guests.arrive(pool.customers.length);
    await sleep(warmUpMs);
    lab.progress(`${mode}: the first load`);
    const first = await during(lab, record, (seconds * 1_000) / 2);
    guests.thinkMs = secondThinkMs;
    // Until the last guest has ended the pause that it was in.
    await sleep(firstThinkMs * 4);
    lab.progress(`${mode}: the second load`);
    return { first, second: await during(lab, record, (seconds * 1_000) / 2) };
  } finally {
    await guests.leave();
  }
}

async function during(lab: Lab, record: ModeRecord, ms: number): Promise<Load> {
  const read = async () => ({
    at: performance.now(),
    cpu: await cpuSecondsOf(lab.platform, record.mode),
    requests: record.requests,
    bytes: Object.values(record.bytes).reduce((sum, part) => sum + part, 0),
  });
  const before = await read();
  await sleep(ms);
  const after = await read();
  return {
    seconds: (after.at - before.at) / 1_000,
    requests: Math.max(1, after.requests - before.requests),
    bytes: after.bytes - before.bytes,
    cpuUs: (after.cpu - before.cpu) * 1e6,
  };
}

const offBy = (foretold: number, met: number): number | null =>
  met === 0 ? null : (100 * Math.abs(foretold - met)) / met;
