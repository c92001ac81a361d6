import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeRecord } from '../../bank/mode-record.js';
import type { BankRecorder } from '../../bank/mode-record.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';
import { autoscalerReads } from '../../protocol/autoscaler-reads.js';
import { noteRefusals } from '../causes.js';
import type { Experiment, Lab } from '../experiment.js';
import { LookingCustomers } from '../../bank/looking-customers.js';
import { loadPerPod, type PlottedAction } from '../time-plots.js';
import { claims, kinds, type ScaleOutKey } from './claims.js';
import { cpuBetween, readCpu } from '../cpu.js';
import { busiestPercent, percentOfEven, secondsToEven, type PodLoad } from './load-shares.js';
import { autoscalerDecides, untilTrue, watchNewPods } from './scaled.js';
import { eachFigure, type Figures } from '../../statistics/figures.js';

const calmThinkMs = 1_500;
const surgeThinkMs = 150;
const calmMs = 1_000;
const seenMs = 1_000;
/** So many times the length of a session a new pod is watched: by then sessions that began later fill it. */
const observedSessions = 1.5;
/** A quick run watches it for so much more than one session, by which an even share can be told. */
const quickMoreSeconds = 0.5;

/** On average; a new pod that is reached by cookie fills as fast as sessions end. */
const sessionSeconds = (seconds: number): number => Math.max(4, seconds);
const watchedSeconds = (clientSession: number, quick: boolean): number =>
  quick ? clientSession + quickMoreSeconds : clientSession * observedSessions;

/** Claims 4 and 5: load rises, pods are added, and it shows when they are of help. */
export const scaleOut: Experiment<ScaleOutKey> = {
  name: 'scale-out',
  summary: 'a surge, and more pods: how long until they are there, and until they carry their share',
  claims,
  kinds,
  how:
    `All customers are inside and look around every ${calmThinkMs} ms on average, then every ${surgeThinkMs} ms. A session ` +
    'takes as long on average as a measurement has seconds, at least 4 s, then another customer comes, with no cookie yet. Where an ' +
    'autoscaler owns the pods, it is left to decide; elsewhere the lab doubles them. The new pod is the first to be ready, ' +
    `and is watched for ${observedSessions} sessions, in a quick run for ${quickMoreSeconds} s more than one. ` +
    'Even share: three seconds with three quarters of what each would have if all had the same. At first: in the time of ' +
    'one session from ready on. CPU in percent of a core.',
  rounds: { local: 2, kubernetes: 3 },
  together: 'quick',
  togetherOnCluster: 2,
  expectedSeconds: ({ seconds, customers, quick }, platform) =>
    customers / 60 + watchedSeconds(sessionSeconds(seconds), quick) + (platform === 'local' ? 6 : 40),
  measure: surge,
};

async function surge(lab: Lab, mode: ModeName): Promise<Figures<ScaleOutKey>> {
  const { platform, pool, seed } = lab;
  const seconds = sessionSeconds(lab.seconds);
  lab.note(`A session took ${seconds} s on average: a pod that is reached by cookie fills with new sessions alone.`);
  const { workload } = modes[mode];
  const autoscaling = platform.autoscaling?.(workload) ?? null;
  if (autoscaling !== null && autoscaling.current > autoscaling.min) {
    lab.progress(`${mode}: back to ${autoscaling.min} pods first`);
    await platform.scale(workload, autoscaling.min);
  }
  const before = new Set((await platform.pods(workload)).map(({ name }) => name));
  const recorder = lab.recorder();
  const record = recorder.of(mode);
  const users = new LookingCustomers({
    pool,
    users: pool.customers.length,
    mode,
    observer: record,
    seed,
    thinkMs: calmThinkMs,
    sessionMs: seconds * 1_000,
  });
  const { readyAt, unwatch } = watchNewPods(platform, workload, before);
  try {
    lab.progress(`${mode}: customers sign in`);
    recorder.warmUp.begin();
    await users.arrive();
    await sleep(calmMs);
    recorder.warmUp.end();
    const surgeAt = performance.now();
    users.thinkMs = surgeThinkMs;
    // Until the last user has ended the pause that it was in.
    await sleep(calmThinkMs);
    const cpuBefore = await readCpu(platform, workload);
    lab.progress(`${mode}: the surge, with ${before.size} pods`);
    const decidedAt =
      autoscaling === null ? await labDecides(platform, mode, before.size) : await decision(lab, mode, before.size);
    const firstReadyAt = decidedAt === undefined ? undefined : await untilTrue(() => readyAt.size > 0);
    if (decidedAt === undefined || firstReadyAt === undefined) return notScaled(record, before.size);
    const cpuReady = await readCpu(platform, workload);
    lab.progress(`${mode}: a new pod is ready, and is watched`);
    await sleep(seconds * 1_000);
    const cpuAfter = await readCpu(platform, workload);
    await sleep((watchedSeconds(seconds, lab.quick) - seconds) * 1_000);
    const podsAfter = (await platform.pods(workload)).filter(({ phase }) => phase === 'ready').length;
    const [newPod = '', newReadyAt = 0] = [...readyAt][0] ?? [];
    const load = loadOf(recorder, record, before, readyAt, newReadyAt);
    const even = secondsToEven(load, newPod);
    lab.draw(loadPerPod(recorder, record, actionsOf(surgeAt, decidedAt, readyAt)));
    const [busy, calm] = [
      cpuBetween(cpuBefore, cpuReady, [...before]),
      cpuBetween(cpuReady, cpuAfter, [...before, ...readyAt.keys()]),
    ];
    return {
      ...counts(record),
      podsBefore: before.size,
      podsAfter,
      decided: autoscaling === null ? null : decidedAt - surgeAt,
      ready: newReadyAt - decidedAt,
      even: even === null ? null : even * 1_000,
      newShare: percentOfEven(load, newPod, 0, seconds),
      busiest: busiestPercent(load, 0, seconds),
      cpuAverageBefore: busy?.average ?? null,
      cpuAverageAfter: calm?.average ?? null,
      cpuBusiestBefore: busy?.busiest ?? null,
      cpuBusiestAfter: calm?.busiest ?? null,
    };
  } finally {
    unwatch();
    await users.leave();
    noteRefusals(lab, record);
    // An autoscaler takes its pods back itself, when it has seen that they are not needed.
    if (autoscaling === null) lab.tidyUp(platform.scale(workload, before.size));
  }
}

/** The lab has seen the surge for a while and doubles the pods. */
async function labDecides(platform: Platform, mode: ModeName, pods: number): Promise<number> {
  await sleep(seenMs);
  const decidedAt = performance.now();
  await platform.scale(modes[mode].workload, pods * 2);
  return decidedAt;
}

async function decision(lab: Lab, mode: ModeName, pods: number): Promise<number | undefined> {
  const decidedAt = await autoscalerDecides(lab.platform, modes[mode].workload, pods);
  const autoscaling = lab.platform.autoscaling?.(modes[mode].workload);
  const read = autoscaling ? autoscalerReads(autoscaling) : 'nothing';
  if (decidedAt === undefined) {
    lab.note(`${mode}: the autoscaler read ${read} and added no pod; try more --customers.`);
  } else lab.progress(`${mode}: the autoscaler read ${read} and wants more pods`);
  return decidedAt;
}

/** What each pod answered from the first whole second after the new one was ready. */
function loadOf(
  { startedAt }: BankRecorder,
  { timeline }: ModeRecord,
  before: ReadonlySet<string>,
  readyAt: ReadonlyMap<string, number>,
  newReadyAt: number,
): Map<string, PodLoad> {
  const secondOf = (at: number): number => Math.ceil((at - startedAt) / 1_000);
  const [from, to] = [secondOf(newReadyAt), secondOf(performance.now()) - 1];
  const pods = [
    ...[...before].map((pod) => [pod, 0] as const),
    ...[...readyAt].map(([pod, at]) => [pod, secondOf(at) - from] as const),
  ];
  return new Map(pods.map(([pod, readyFrom]) => [pod, { requests: timeline.series(pod, from, to), readyFrom }]));
}

function actionsOf(surgeAt: number, decidedAt: number, readyAt: ReadonlyMap<string, number>): PlottedAction[] {
  return [
    { at: surgeAt, label: 'the surge' },
    { at: decidedAt, label: 'more pods are wanted' },
    ...[...readyAt].map(([pod, at]) => ({ at, label: `${pod} is ready` })),
  ];
}

function counts(record: ModeRecord): Pick<Figures<ScaleOutKey>, 'requests' | 'failed' | 'lost' | 'p99'> {
  return { ...record.counts, p99: record.latencies.percentileMs(99) ?? null };
}

function notScaled(record: ModeRecord, podsBefore: number): Figures<ScaleOutKey> {
  return { ...eachFigure(kinds, () => null), ...counts(record), podsBefore, podsAfter: podsBefore };
}
