import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName, type WorkloadName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';
import type { Figures } from '../../statistics/figures.js';
import { activateUsers } from '../active-users.js';
import { answeredOf, p99, type Answered } from '../by-pod.js';
import { noteRefusals } from '../causes.js';
import { cpuSecondsOf } from '../cpu.js';
import type { Experiment, Lab } from '../experiment.js';
import { withUsualPods } from '../fresh-pods.js';
import { loadPerPod } from '../time-plots.js';
import { claims, evenPercent, kinds, type RebalanceKey } from './claims.js';
import { evenAfter, hottestOverTime, windowMs } from './hottest.js';
import { hottestPlot, type HottestLine } from './plots.js';

const thinkMs = 500;
/** Long enough to tell of a load that is even after a minute that it stays so. */
const watchedMs = { full: 70_000, quick: 15_000 } as const;
const lookEveryMs = 1_000;
const settledWithinMs = 120_000;

/** Claim 18: twice the pods for customers who stay, and whether the load spreads over them. */
export const rebalance: Experiment<RebalanceKey> = {
  name: 'rebalance',
  summary: 'twice the pods for customers who stay: until the hottest pod has no more than the others',
  claims,
  kinds,
  how:
    `All customers sign in, stay, and look every ${thinkMs} ms on average. Then there are twice as many pods, and all are watched for ` +
    `${watchedMs.full / 1_000} s (in a quick run ${watchedMs.quick / 1_000}) from when the last of them is ready; where no session can be let go, until the load is even. The hottest pod is the one that answered most in ` +
    `${windowMs / 1_000} s; even is at most ${evenPercent} % of the average load of a pod, from the first such window on that is followed by as many more. In handoff pods may let ` +
    'sessions go: they write one out as it is asked for, take the affinity cookie from its client, and whichever pod is reached ' +
    'next adopts it. That is measured twice, without this (no moves) and with it (REBALANCE, which is set on its pods meanwhile). A session has ' +
    'moved when another pod answers it than before; it may be let go more than once, since a front door may lead it back. An answer by an older copy is one that counts fewer visits than ' +
    'the one before: two pods had that session. ' +
    'Store operations are the commands that the mode’s pods sent, to read balances and to tell each other that they live, too. ' +
    'CPU is that of the mode’s pods: new ones compile their code as they are asked, and with no moves they are not.',
  rounds: 5,
  together: 'quick',
  togetherOnCluster: 2,
  modes: ['stateless', 'sticky', 'handoff', 'shared'],
  expectedSeconds: ({ customers, quick }, platform) =>
    // handoff takes two.
    1.25 * (customers / 60 + (quick ? watchedMs.quick : watchedMs.full) / 1_000 + (platform === 'local' ? 5 : 50)),
  measure: (lab, mode) => withUsualPods(lab, mode, (usual) => measure(lab, mode, usual)),
};

/** What only sessions in pods that let some go, or do not, can show. */
const notInHandoff: Figures<Extract<RebalanceKey, `${string}Without` | 'letGo' | 'cpu' | 'operations'>> = {
  letGo: null,
  cpu: null,
  operations: null,
  hottestWithout: null,
  evenWithout: null,
  failedWithout: null,
  lostWithout: null,
  p99Without: null,
  cpuWithout: null,
  operationsWithout: null,
};

async function measure(lab: Lab, mode: ModeName, usual: number): Promise<Figures<RebalanceKey>> {
  const { platform } = lab;
  const { workload, store } = modes[mode];
  const isOfDeployment = !platform.isNumbered(workload);
  if (store === 'handoff' && isOfDeployment) {
    lab.note(
      `${mode}: its pods are those of a Deployment, whose settings are left alone: it is measured as it is installed.`,
    );
  }
  if (store !== 'handoff' || isOfDeployment) {
    const { line, ...figures } = await scaleOut(lab, mode, usual, 'as it is');
    lab.draw(hottestPlot(mode, [line]));
    return { ...figures, ...notInHandoff };
  }
  try {
    lab.progress(`${mode}: pods that let no session go`);
    await platform.rollOut(workload, settingsFor('without'), usual);
    await platform.settled(settledWithinMs, workload);
    const { line: lineWithout, ...without } = await scaleOut(lab, mode, usual, 'without');
    await platform.scaleExactly(workload, usual);
    lab.progress(`${mode}: pods that let sessions go`);
    await platform.rollOut(workload, settingsFor('with'), usual);
    await platform.settled(settledWithinMs, workload);
    const { line, ...figures } = await scaleOut(lab, mode, usual, 'with');
    const letGo = await totalOf(platform, workload, 'tellers_sessions_let_go_total');
    lab.draw(hottestPlot(mode, [lineWithout, line]));
    return {
      ...figures,
      letGo,
      hottestWithout: without.hottest,
      evenWithout: without.even,
      failedWithout: without.failed,
      lostWithout: without.lost,
      p99Without: without.p99,
      cpuWithout: without.cpu,
      operationsWithout: without.operations,
    };
  } finally {
    await platform.scaleExactly(workload, usual);
    await platform.rollOut(workload, {}, 0);
  }
}

/** The second variable has pods replaced though they are as they should be already: both times all begin as young. */
const settingsFor = (how: 'with' | 'without') => ({ REBALANCE: String(how === 'with'), REBALANCE_MEASURED: how });

interface ScaledOut extends Figures<Exclude<RebalanceKey, Exclude<keyof typeof notInHandoff, 'cpu' | 'operations'>>> {
  readonly line: HottestLine;
}

/** Customers come and stay, there are twice the pods, and the load of each is watched. */
async function scaleOut(lab: Lab, mode: ModeName, usual: number, how: HottestLine['how']): Promise<ScaledOut> {
  const { platform } = lab;
  const { workload, path, affinity } = modes[mode];
  const { recorder, record, users } = await activateUsers(lab, mode, thinkMs);
  const answered: Answered[] = [];
  const firstAfterMove: Pick<Answered, 'latencyMs'>[] = [];
  try {
    await sleep(lab.seconds * 500);
    lab.progress(`${mode}: ${2 * usual} pods in place of ${usual}`);
    record.onMoved = (_, latencyMs) => firstAfterMove.push({ latencyMs });
    const orderedAt = performance.now();
    await platform.scaleExactly(workload, 2 * usual);
    const readyAt = performance.now();
    lab.progress(`${mode}: all are ready, and watched`);
    record.onRecorded = (recorded, intendedAt) => {
      const one = recorded.request.path.startsWith(path) ? answeredOf(recorded, intendedAt) : undefined;
      if (one !== undefined) answered.push(one);
    };
    const pods = (await platform.pods(workload)).filter(({ phase }) => phase === 'ready').map(({ name }) => name);
    const before = await spentBy(platform, mode);
    const watchedFrom = performance.now();
    const windows = await watchLoad(answered, pods, {
      ms: lab.quick ? watchedMs.quick : watchedMs.full,
      whole: how !== 'as it is',
    });
    const after = await spentBy(platform, mode);
    if (how !== 'without') {
      const done = [
        { at: orderedAt, label: 'more pods are wanted' },
        { at: readyAt, label: 'all are ready' },
      ];
      lab.draw(loadPerPod(recorder, record, done));
    }
    return {
      customers: record.open.size,
      podsBefore: usual,
      podsAfter: pods.length,
      watched: performance.now() - watchedFrom,
      hottestAtFirst: windows[0]?.[1] ?? null,
      hottest: windows.at(-1)?.[1] ?? null,
      even: evenAfter(windows, evenPercent),
      // Where any pod answers anybody, to be answered by another is no move.
      moved: affinity === 'none' ? null : firstAfterMove.length,
      ...record.counts,
      contradicted: record.contradictions.length,
      movedP99: affinity === 'none' || firstAfterMove.length === 0 ? null : p99(firstAfterMove),
      p99: p99(answered),
      cpu: answered.length === 0 ? null : (1e6 * (after.cpuSeconds - before.cpuSeconds)) / answered.length,
      operations: answered.length === 0 ? null : (after.operations - before.operations) / answered.length,
      line: { how, windows },
    };
  } finally {
    await users.leave();
    noteRefusals(lab, record);
  }
}

/** What the mode's pods have spent so far. */
async function spentBy(platform: Platform, mode: ModeName): Promise<{ cpuSeconds: number; operations: number }> {
  const [cpuSeconds, operations] = await Promise.all([
    cpuSecondsOf(platform, mode),
    totalOf(platform, modes[mode].workload, 'tellers_store_operations_total'),
  ]);
  return { cpuSeconds, operations };
}

/** A counter over all pods of a workload. */
async function totalOf(platform: Platform, workload: WorkloadName, name: string): Promise<number> {
  const counts = await platform.metric(workload, name);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Watches for so long, or, if not the whole time matters, until the load is even. */
async function watchLoad(
  answered: readonly Answered[],
  pods: readonly string[],
  { ms, whole }: { readonly ms: number; readonly whole: boolean },
): Promise<[number, number | null][]> {
  const from = performance.now();
  const windows = () => hottestOverTime(answered, pods, from, performance.now());
  while (performance.now() - from < ms) {
    await sleep(lookEveryMs);
    if (!whole && evenAfter(windows(), evenPercent) !== null) break;
  }
  return windows();
}
