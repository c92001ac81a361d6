import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName } from '../../bank/modes.js';
import { countCauses } from '../causes.js';
import type { Experiment, Lab } from '../experiment.js';
import { usualPods } from '../fresh-pods.js';
import { activateUsers } from '../active-users.js';
import { actionNow, sessionsOverTime } from '../time-plots.js';
import { claims, drainedWith, kinds, type HandedKey, type ScaleInKey, type UnevenKey } from './claims.js';
import { drainPlot } from './plots.js';
import { handOver, sampleSize } from './hand-over.js';
import { full, nearlyEmpty, takeUneven } from './uneven.js';
import type { Figures } from '../../statistics/figures.js';

const thinkMs = 400;
/** By then nearly every user has asked again, and found out whether it is still known. */
const afterwardsMs = 6 * thinkMs;
/** By then the last one has, however long it paused. */
const lastAskWithinMs = 30 * thinkMs;
const lookEveryMs = 50;
/** Opening more takes too long to do it in each round. */
const inEachRound = 1_000;

/** Claim 4, the other way round: a pod is taken away under load, and a full one is drained. */
export const scaleIn: Experiment<ScaleInKey> = {
  name: 'scale-in',
  summary: 'takes a pod away under load: what is lost, what fails, and how long a full pod takes to hand over',
  claims,
  kinds,
  how:
    `All customers sign in, stay, and look around every ${thinkMs} ms on average; who is no longer known signs in again. Then ` +
    'the platform is told to have one pod fewer, with its grace period. A session lives in the pod that answered it last. Where ' +
    `clients are bound to pods, one is then given ${full} sessions and each other ${nearlyEmpty}, and one is taken away twice: the fullest, as a ` +
    'StatefulSet may, which takes the highest number, and the emptiest, as a Deployment does whose pods tell what they hold; ' +
    'all of them are asked for afterwards. In ' +
    'handoff, a pod of its own is then filled with 1,000, 10,000 and 100,000 sessions, as far as --sessions goes (more than 1,000 in ' +
    'the first round only), and taken away: time counts from the order until one of those opened last answers at another ' +
    'pod, as sessions are written out in the order in which they were opened. Each is asked for once, as a pod that stops ' +
    `hands over at once what it is asked for. Afterwards ${sampleSize} of them, which the seed ` +
    'chooses, are asked for at the pods that stayed. In the other modes a pod has nothing to hand over, or loses it.',
  rounds: { local: 5, kubernetes: 2 },
  together: 'always',
  expectedSeconds: ({ seconds, customers, sessions }, platform) =>
    seconds / 2 + customers / 60 + afterwardsMs / 1_000 + (platform === 'local' ? 15 : 140) + sessions / 40_000,
  measure,
  plots: (found) => drainPlot(found),
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<ScaleInKey>> {
  const { platform } = lab;
  const { workload, store } = modes[mode];
  const usual = await usualPods(platform, mode);
  // An autoscaler may have added some for the load before.
  if ((await platform.pods(workload)).length !== usual) await platform.scale(workload, usual);
  try {
    const taken = { ...(await takeOneAway(lab, mode, usual)), ...(await takeUnevenOnes(lab, mode, usual)) };
    const none: Figures<HandedKey | 'sampled' | 'sampleLost'> = {
      handed1000: null,
      handed10000: null,
      handed100000: null,
      sampled: null,
      sampleLost: null,
    };
    if (store !== 'handoff') return { ...taken, ...none };
    if (!platform.isNumbered(workload)) {
      lab.note(`${mode}: a Deployment takes its emptiest pod away first, so that no full one can be timed.`);
      return { ...taken, ...none };
    }
    const handed: Record<keyof typeof none, number | null> = { ...none, sampled: 0, sampleLost: 0 };
    for (const size of drainedWith.filter((one) => one <= lab.sessions && (lab.round === 0 || one <= inEachRound))) {
      await platform.scale(workload, usual);
      const drained = await handOver(lab, mode, size);
      handed[`handed${size}`] = drained.tookMs;
      handed.sampled! += drained.sampled;
      handed.sampleLost! += drained.lost;
    }
    return { ...taken, ...handed };
  } finally {
    await platform.scale(workload, usual);
  }
}

/** Where a pod holds what it alone knows, which one goes makes a difference. */
async function takeUnevenOnes(lab: Lab, mode: ModeName, usual: number): Promise<Figures<UnevenKey>> {
  const none: Figures<UnevenKey> = { fullestInPod: null, fullestLost: null, emptiestInPod: null, emptiestLost: null };
  const { platform } = lab;
  const { workload, affinity } = modes[mode];
  if (affinity !== 'cookie' || usual < 2) return none;
  // A Deployment decides by itself, and takes the emptiest whichever that is.
  const takes = platform.isNumbered(workload) ? (['fullest', 'emptiest'] as const) : (['fullest'] as const);
  const figures = { ...none };
  for (const lastIs of takes) {
    await platform.scale(workload, usual);
    const { wentFullest, inPod, lost } = await takeUneven(lab, mode, lastIs);
    Object.assign(
      figures,
      wentFullest ? { fullestInPod: inPod, fullestLost: lost } : { emptiestInPod: inPod, emptiestLost: lost },
    );
  }
  return figures;
}

type TakenKey = Exclude<ScaleInKey, HandedKey | UnevenKey | 'sampled' | 'sampleLost'>;

async function takeOneAway(lab: Lab, mode: ModeName, podsBefore: number): Promise<Figures<TakenKey>> {
  const { platform, seconds } = lab;
  const { workload } = modes[mode];
  const { recorder, record, users, lost } = await activateUsers(lab, mode, thinkMs);
  await sleep((seconds * 1_000) / 2);
  const boots = await bootsOf(lab, mode);
  const atOrder = { homes: [...record.open].map(({ home }) => home?.bootId), lost: lost.length };
  lab.progress(`${mode}: one of ${podsBefore} pods is taken away with ${atOrder.homes.length} sessions open`);
  const ordered = actionNow('one pod fewer', record);
  await platform.scale(workload, Math.max(1, podsBefore - 1));
  const gone = actionNow('it is gone', record);
  const remaining = await bootsOf(lab, mode);
  const isGone = (bootId: string | undefined): boolean =>
    bootId !== undefined && boots.has(bootId) && !remaining.has(bootId);
  await sleep(afterwardsMs);
  for (const until = performance.now() + lastAskWithinMs; performance.now() < until; await sleep(lookEveryMs)) {
    if (![...record.open].some(({ home }) => isGone(home?.bootId))) break;
  }
  await users.leave();
  lab.draw(sessionsOverTime(recorder, record, [ordered, gone]));
  const during = lost.slice(atOrder.lost);
  return {
    podsBefore,
    podsAfter: remaining.size,
    took: gone.at - ordered.at,
    active: atOrder.homes.length,
    inPod: atOrder.homes.filter(isGone).length,
    lost: during.length,
    ...countCauses(during),
    requests: record.requests,
    failed: record.failed,
    p99: record.latencies.percentileMs(99) ?? null,
  };
}

async function bootsOf({ platform }: Lab, mode: ModeName): Promise<Set<string>> {
  const pods = await platform.pods(modes[mode].workload);
  return new Set(pods.flatMap(({ bootId, phase }) => (phase === 'ready' && bootId !== undefined ? [bootId] : [])));
}
