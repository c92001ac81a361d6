import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName } from '../../modes.js';
import { CannotHere } from '../../platform/cannot-here.js';
import type { CpuLimit } from '../../platform/platform.js';
import type { Experiment, Figures, Lab } from '../experiment.js';
import { claims, kinds, type SpeedUpKey } from './claims.js';
import { kneeOf, type Step } from './knee.js';
import { Lookers, rise } from './lookers.js';
import { machineBusy } from './machine.js';
import { latencyByRate, throughputByPods } from './plots.js';

/**
 * So little that four pods and all who ask them fit on two cores. On a cluster as much as the chart's autoscalers aim at,
 * so that these leave the pods alone; probes and metrics take a tenth of it there.
 */
export const millicores = { local: 30, kubernetes: 50 } as const;
/** Four periods of the limit: less may be the rhythm of the limit itself. */
const boundMs = 400;
const warmMs = 1_000;
const warmTimes = { steady: 3, most: 12, quick: 4 } as const;
/** What one warm-up bears more than the best before it, while the compiler still has something to do. */
const stillRising = 1.05;
const saturatedMs = 1_600;
const calmMs = 400;

/** Claim 5: one to four pods that may each use the same small share of a core, and what they bear. */
export const speedUp: Experiment<SpeedUpKey> = {
  name: 'speed-up',
  summary: 'one to four pods, each held to the same small share of a core: throughput at the knee against the ideal',
  claims,
  kinds,
  how:
    `Each pod may use ${millicores.local} thousandths of a core (${millicores.kubernetes} on a cluster), so that the pods and not the machine are the bound. Most pods ` +
    'first, warmed up without the limit until they bear no more; then fewer, with new sessions each time. Devices ask for one thing in turn (the ' +
    `accounts, or the overview), as fast as they are answered for ${saturatedMs} ms, then open loop at ever higher rates, from ` +
    `${rise.from} times that on, until many wait for twice the bound. The knee is the rate at which nine of ten answers still take at ` +
    `most ${boundMs} ms from the intended start, between two rates by a straight line; of two climbs the better one counts, as a pod that may use so little stands still while it collects garbage. The ideal is that many times the knee of one pod.`,
  rounds: 1,
  modes: ['stateless', 'sticky'],
  expectedSeconds: ({ quick }, platform) => (quick ? 20 : 75) * (platform === 'local' ? 1 : 2),
  measure,
  plots: (found) => [throughputByPods(found)],
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<SpeedUpKey>> {
  const { platform, quick } = lab;
  const { workload } = modes[mode];
  const before = (await platform.pods(workload)).length;
  const record = lab.recorder().of(mode);
  const sizes = quick ? [2, 1] : [4, 3, 2, 1];
  const climbs = new Map<number, readonly Step[]>();
  let worse1: number | null = null;
  let machine: number | null = null;
  try {
    for (const pods of sizes) {
      lab.progress(`${mode}: ${pods} ${pods === 1 ? 'pod' : 'pods'}`);
      await platform.scale(workload, pods);
      const busy = machineBusy();
      const [better, worse] = await climbWith(lab, mode, new Lookers(record), pods === sizes[0]);
      climbs.set(pods, better);
      // The last is one pod alone.
      worse1 = kneeOf(worse, boundMs);
      machine ??= busy();
    }
  } catch (error) {
    if (!(error instanceof CannotHere)) throw error;
    lab.note(error.message);
  } finally {
    await platform.scale(workload, before);
  }
  lab.draw(latencyByRate(mode, climbs, boundMs));
  const knee = (pods: number): number | null => kneeOf(climbs.get(pods) ?? [], boundMs);
  const ofIdeal = (pods: number): number | null => {
    const [one, many] = [knee(1), knee(pods)];
    return one === null || many === null ? null : (100 * many) / (pods * one);
  };
  return {
    knee1: knee(1),
    worse1,
    knee2: knee(2),
    knee3: knee(3),
    knee4: knee(4),
    ideal2: ofIdeal(2),
    ideal3: ofIdeal(3),
    ideal4: ofIdeal(4),
    machine,
    requests: record.requests,
    failed: record.failed,
    lost: record.sessionsLost,
  };
}

async function climbWith(
  { platform, pool, note, quick }: Lab,
  mode: ModeName,
  lookers: Lookers,
  cold: boolean,
): Promise<readonly [better: Step[], worse: Step[]]> {
  let limit: CpuLimit | undefined;
  try {
    await lookers.arrive(pool);
    if (cold) await warmUp(lookers, quick ? warmTimes.quick : warmTimes.most);
    limit = await platform.limitCpu(modes[mode].workload, millicores[platform.name]);
    note(limit.how);
    const borne = await lookers.saturate(saturatedMs);
    await sleep(calmMs);
    const first = await lookers.climb(borne, boundMs);
    if (quick) return [first, first];
    await sleep(calmMs);
    const second = await lookers.climb(kneeOf(first, boundMs) ?? borne, boundMs);
    const isBetter = (kneeOf(second, boundMs) ?? 0) > (kneeOf(first, boundMs) ?? 0);
    return isBetter ? [second, first] : [first, second];
  } finally {
    await limit?.lift();
    await lookers.leave();
  }
}

/** A pod whose code is still being compiled bears less than it will: the first pods measured would look worse than the last. */
async function warmUp(lookers: Lookers, most: number): Promise<void> {
  let [best, steady] = [0, 0];
  for (let times = 0; times < most && steady < warmTimes.steady; times++) {
    const borne = await lookers.saturate(warmMs);
    steady = borne < stillRising * best ? steady + 1 : 0;
    best = Math.max(best, borne);
  }
}
