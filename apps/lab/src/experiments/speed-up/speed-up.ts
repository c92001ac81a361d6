import { setTimeout as sleep } from 'node:timers/promises';
import type { WarmUp } from '../../load/warm-up.js';
import { modes, type ModeName, type Style } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';
import { CannotHere } from '../../platform/cannot-here.js';
import type { Experiment, Lab } from '../experiment.js';
import { cookiesTo } from '../fresh-pods.js';
import { claims, kinds, type SpeedUpKey } from './claims.js';
import { saturationPointOf, lastBorne, type Climb } from './saturation-point.js';
import { lengthenStatements, pageEntries } from './long-statements.js';
import { Devices } from './devices.js';
import { latencyByRate, throughputByPods } from './plots.js';
import type { Figures } from '../../statistics/figures.js';
import { median } from '../../statistics/estimate.js';

interface Scene {
  /**
   * What each pod may use, by style: so little that four pods and all who ask them fit on two cores. A page of a statement
   * costs more than an overview.
   */
  readonly millicores: Readonly<Record<Style, number>>;
  /** So long that a collection of garbage under that limit spoils a part of a step only. */
  readonly stepMs: number;
  /** Past the saturation point is who will wait for so many times the bound: more than a collection of garbage makes wait. */
  readonly pastBounds: number;
}

/** A cluster's own needs leave less for pods; with less, they collect for longer. */
const scenes: Readonly<Record<Platform['name'], Scene>> = {
  local: { millicores: { stateless: 100, stateful: 50 }, stepMs: 1_200, pastBounds: 2 },
  kubernetes: { millicores: { stateless: 60, stateful: 30 }, stepMs: 2_000, pastBounds: 4 },
};
/** Four periods of the limit: less may be the rhythm of the limit itself. */
const boundMs = 400;
/** That each pod answers before any counts: code that is not compiled yet takes several times as long. */
const warmRequests = 1_500;
const warmMs = 1_000;
const maxWarmTimes = 45;
/** Before each later climb: a collection of garbage may have thrown compiled code away, and under the limit it is long missed. */
const againRequests = 500;
const saturatedMs = 2_400;
const calmMs = 400;
const mostLower = 2;
const maxCustomers = 12;

interface Size {
  readonly maxPods: number;
  /** How often one stateless pod climbs, and the most: the claim is of these. */
  readonly times: number;
  /** A climb begins at this part of what the pods bore before, which is a rough guess. */
  readonly from: number;
  /** Each step of a climb offers so many times the one before. */
  readonly factor: number;
}

const full: Size = { maxPods: 4, times: 2, from: 0.85, factor: 1.1 };
const short: Size = { maxPods: 2, times: 1, from: 0.75, factor: 1.2 };

interface Ascent {
  readonly lab: Lab;
  readonly mode: ModeName;
  readonly pods: number;
  readonly size: Size;
  readonly devices: Devices;
  /** Over while one climbs. */
  readonly warmUp: WarmUp;
  /** The saturation point of one pod, from those that climbed before. */
  readonly ofOnePod: number | undefined;
}

const { local, kubernetes } = scenes;

/** Claim 5: one to four pods that may each use the same small share of a core, and what they bear. */
export const speedUp: Experiment<SpeedUpKey> = {
  name: 'speed-up',
  summary:
    'one to four pods, each held to the same small share of a core: throughput at the saturation point against the ideal',
  claims,
  kinds,
  how:
    `Devices ask for one thing in turn: in stateless a page of ${pageEntries} statement entries, else the overview. Each pod may use ` +
    `${local.millicores.stateless} or ${local.millicores.stateful} thousandths of a core (${kubernetes.millicores.stateless} or ` +
    `${kubernetes.millicores.stateful} on a cluster), so that the pods and not the machine are the bound, and no autoscaler ` +
    `may change their number. Most pods first, warmed up without the limit by ${warmRequests} requests each; then ` +
    'fewer: of stateless the others are taken away, of sticky nobody asks for the sessions that live there. Before a climb ' +
    `come ${againRequests} requests each without the limit. The ` +
    `first ones are asked as fast as they answer for ${saturatedMs} ms; then come open loop ever higher rates, from ` +
    `${full.from} times that on (later of the saturation point that the climb before foretells), each for ${local.stepMs} ms (${kubernetes.stepMs}), until an ` +
    `answer would take ${local.pastBounds} times the bound (${kubernetes.pastBounds}). The saturation point is the rate at which half of the answers still take at most ` +
    `${boundMs} ms from the intended start, between two rates by a straight line: a pod that may use so little stands still ` +
    'while it collects garbage, which the slowest answers tell of and the median does not. Of stateless, one pod climbs ' +
    `${full.times} times, and so do the most: the mean counts. Chance alone moves a saturation point by up to a step, and so much stays ` +
    'open; by two steps in a quick run, with two pods at most and one climb each. The ideal is so many times the saturation point of ' +
    'one pod.',
  rounds: 1,
  modes: ['stateless', 'sticky'],
  expectedSeconds: ({ quick }, platform) => (quick ? 30 : 80) * (platform === 'local' ? 1 : 2),
  measure,
  plots: (found) => [throughputByPods(found)],
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<SpeedUpKey>> {
  const { platform, pool, quick } = lab;
  const { workload, style } = modes[mode];
  const before = (await platform.pods(workload)).length;
  const size = quick ? short : full;
  const max = size.maxPods;
  const recorder = lab.recorder();
  const { warmUp } = recorder;
  warmUp.begin();
  const record = recorder.of(mode);
  const customers = pool.customers.slice(0, maxCustomers);
  const devices = new Devices(customers, record, max);
  const climbs = new Map<number, readonly Climb[]>();
  try {
    if (style === 'stateless') {
      lab.progress(`${mode}: statements of ${pageEntries} entries`);
      await lengthenStatements(customers, record);
    }
    let ofOnePod: number | undefined;
    for (let pods = max; pods > 0; pods--) {
      lab.progress(`${mode}: ${pods} ${pods === 1 ? 'pod' : 'pods'}`);
      // A cookie leads nobody to a pod of which no session is asked for.
      if (pods === max || style === 'stateless') await platform.scaleExactly(workload, pods);
      const names = (await platform.pods(workload)).map(({ name }) => name).slice(0, pods);
      if (pods === max) {
        // A front door hears later than the lab that a pod is ready, and would open no session there.
        await Promise.all(names.map((name) => cookiesTo(platform, mode, name)));
        await devices.arrive();
      }
      await devices.turnTo(names);
      const climbed = await climbsWith({ lab, mode, pods, size, devices, warmUp, ofOnePod });
      climbs.set(pods, climbed);
      const saturationPoint = median(climbed.map((climb) => climb.saturationPoint));
      if (saturationPoint !== null) ofOnePod = saturationPoint / pods;
    }
  } catch (error) {
    if (!(error instanceof CannotHere)) throw error;
    lab.note(error.message);
  } finally {
    lab.tidyUp(devices.leave().then(() => platform.scale(workload, before)));
  }
  lab.draw(latencyByRate(mode, climbs, boundMs));
  const saturationPointsOf = (pods: number): number[] =>
    (climbs.get(pods) ?? []).map(({ saturationPoint }) => saturationPoint);
  const saturationPoint = (pods: number): number | null => median(saturationPointsOf(pods));
  const ofIdeal = (pods: number): number | null => {
    const [one, many] = [saturationPoint(1), saturationPoint(pods)];
    return one === null || many === null ? null : (100 * many) / (pods * one);
  };
  const pairs = saturationPointsOf(1).flatMap((one) =>
    saturationPointsOf(max).map((many) => (100 * many) / (max * one)),
  );
  // Chance alone moves a saturation point by up to a step: 14 % was the most seen between two climbs of the same pods.
  const leftOpen = pairs.length > 1 ? size.factor : size.factor ** 2;
  return {
    saturation1: saturationPoint(1),
    saturation2: saturationPoint(2),
    saturation3: saturationPoint(3),
    saturation4: saturationPoint(4),
    ideal2: ofIdeal(2),
    ideal3: ofIdeal(3),
    ideal4: ofIdeal(4),
    minIdeal: pairs.length === 0 ? null : Math.min(...pairs) / leftOpen,
    maxIdeal: pairs.length === 0 ? null : Math.max(...pairs) * leftOpen,
    machine: lastBorne(climbs.get(max)?.at(-1)?.steps ?? [], boundMs)?.machine ?? null,
    ...record.counts,
  };
}

/** Climbs with that many pods; one that is past its saturation point from the first step on is begun again, lower. */
async function climbsWith({ lab, mode, pods, size, devices, warmUp, ofOnePod }: Ascent): Promise<Climb[]> {
  const { platform, note } = lab;
  const { workload, style } = modes[mode];
  const { millicores, stepMs, pastBounds } = scenes[platform.name];
  const max = pods === size.maxPods;
  const times = style === 'stateless' && (pods === 1 || max) ? size.times : 1;
  let guess = ofOnePod === undefined ? undefined : pods * ofOnePod;
  const climbs: Climb[] = [];
  for (let tries = 0; climbs.length < times && tries < times + mostLower; tries++) {
    await warmThem(devices, pods * (max && tries === 0 ? warmRequests : againRequests));
    const limit = await platform.limitCpu(workload, millicores[style]);
    note(limit.how);
    try {
      guess ??= await devices.saturate(saturatedMs);
      await sleep(calmMs);
      warmUp.end();
      const steps = await devices.ramp({
        perSecond: guess * size.from,
        factor: size.factor,
        stepMs,
        pastMs: pastBounds * boundMs,
      });
      warmUp.begin();
      const saturationPoint = saturationPointOf(steps, boundMs);
      guess = saturationPoint ?? guess * full.from;
      if (saturationPoint !== null) climbs.push({ steps, saturationPoint });
    } finally {
      await limit.lift();
    }
  }
  return climbs;
}

/** Or the first pods measured would look worse than the last. */
async function warmThem(devices: Devices, requests: number): Promise<void> {
  for (let times = 0, answered = 0; times < maxWarmTimes && answered < requests; times++) {
    answered += ((await devices.saturate(warmMs)) * warmMs) / 1_000;
  }
}
