import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName, isHeldInPod } from '../../bank/modes.js';
import type { Pod } from '../../platform/platform.js';
import { cookiesTo, replacePods, usualPods } from '../fresh-pods.js';
import { uncounted } from '../uncounted.js';
import type { Experiment, Lab } from '../experiment.js';
import { SessionSeeder, untilOpened } from '../session-seeder.js';
import { claims, kinds, reportedAt, type AtKey, type MemoryKey } from './claims.js';
import { fitLine } from '../../statistics/line-fit.js';
import { meetFullPod, type FullKey } from './full-pod.js';
import { readMemory, type MemoryReading } from './reading.js';
import { memoryPlot } from './plots.js';
import { sizesUpTo } from './sizes.js';
import type { Figures } from '../../statistics/figures.js';

/** So many are opened and closed first: a new process grows with its first requests, whatever they ask. */
const warmUp = 3_000;
/** More than any experiment that follows opens. */
const roomAfterwards = 2_000;
/** Until what the last requests left behind has been tidied away, as far as it is. */
const restMs = 1_000;

/** Claim 3: one pod alone, filled with sessions until it takes no more. */
export const memory: Experiment<MemoryKey> = {
  name: 'memory',
  summary:
    'one pod, filled with sessions until it takes no more: bytes of memory per session, and what a full pod says',
  claims,
  kinds,
  how:
    'The mode is scaled to one pod, which is killed so that a new one begins empty. Tokens of some customers open sessions there over ' +
    `many connections, after ${warmUp} that were closed again. Memory is read at 0, 1,000, 2,000, 5,000 and ` +
    'so on up to --sessions, a second after the last request; each slope is that of the least-squares line through all of ' +
    'these, so that what a pod takes anyway does not count. Resident memory is told without the young generation of the ' +
    'heap, which grows and shrinks by tens of megabytes whatever the sessions do. Kept is the old generation in use: what ' +
    'outlives requests. Stateless is the control: as many requests to one account; sessions of shared live in Redis, whose ' +
    'memory is not measured here. A session that was just opened is small: looks and payments add to it. Where the pod ' +
    'takes no more, 20 are refused on purpose, and 20 of those inside ask something.',
  rounds: 1,
  together: 'quick',
  expectedSeconds: ({ sessions }, platform) => (10 + sessions / 2_500) * (platform === 'local' ? 1 : 2),
  measure,
  plots: (found) => [memoryPlot(found)],
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<MemoryKey>> {
  const { platform } = lab;
  const { workload } = modes[mode];
  const usual = await usualPods(platform, mode);
  try {
    lab.progress(`${mode}: one new pod`);
    await Promise.all([platform.scaleExactly(workload, 1), replacePods(platform, mode)]);
    return await fillOne(lab, mode);
  } finally {
    // A pod that stops well would hand over, or wait for, sessions that nobody wants.
    lab.tidyUp(Promise.all([replacePods(platform, mode), platform.scale(workload, usual)]));
  }
}

async function fillOne(lab: Lab, mode: ModeName): Promise<Figures<MemoryKey>> {
  const { platform } = lab;
  const [pod] = await platform.pods(modes[mode].workload);
  if (pod === undefined) throw new Error(`There is no pod of ${mode}.`);
  const record = uncounted(lab, mode);
  const toPod = await cookiesTo(platform, mode, pod.name);
  await using many = new SessionSeeder({ baseUrl: platform.baseUrl, record, toPod });
  await many.openAndClose(warmUp);
  const read = await fill(lab, many, pod);
  if (modes[mode].style === 'stateful' && many.opened === lab.sessions) await many.open(1);
  const full = many.refused?.status === 503 ? await meetFullPod(lab, many, record) : unmet;
  if (full === unmet && isHeldInPod(mode))
    lab.note(`A pod was not filled to its bound in ${mode}: ${whyNotFull(lab, many)}.`);
  // These outlive the pods: without room whoever comes next would be refused.
  if (modes[mode].store === 'redis') await many.closeSome(roomAfterwards);
  return figuresOf(read, full);
}

const unmet = { max: null, refusedAsFull: null, goOn: null };

async function fill(lab: Lab, many: SessionSeeder, pod: Pod): Promise<MemoryReading[]> {
  const until = untilOpened(lab.sessions);
  const read: MemoryReading[] = [];
  for (const size of sizesUpTo(lab.sessions)) {
    lab.progress(`${pod.name} is filled with ${size}`);
    await many.open(size - many.opened, until);
    await sleep(restMs);
    read.push(await readMemory(lab.platform, pod, many.openedBy.get(pod.name) ?? 0));
    if (many.refused !== undefined) break;
    if (many.opened < size) {
      lab.note(`${pod.name} took ${many.opened} in the time that there was, not ${lab.sessions}.`);
      break;
    }
  }
  return read;
}

function whyNotFull({ sessions }: Lab, { opened }: SessionSeeder): string {
  return opened < sessions ? `only ${opened} sessions were opened in time` : 'it took all that came';
}

function figuresOf(read: readonly MemoryReading[], full: Figures<FullKey>): Figures<MemoryKey> {
  const resident = fitLine(read.map(({ held, residentBytes }) => [held, residentBytes]));
  const kept = fitLine(read.map(({ held, keptBytes }) => [held, keptBytes]));
  // A pod that took its sessions beside another one holds not quite as many as were opened.
  const near = (size: number): number | null =>
    read.find(({ held }) => Math.abs(held - size) <= size / 100)?.residentBytes ?? null;
  const reported = Object.fromEntries(reportedAt.map((size) => [`at${size}`, near(size)])) as Figures<AtKey>;
  return {
    slope: resident?.slope ?? null,
    slopeError: resident?.slopeError ?? null,
    kept: kept?.slope ?? null,
    keptError: kept?.slopeError ?? null,
    opened: read.at(-1)?.held ?? null,
    fittedAt0: resident?.intercept ?? null,
    ...reported,
    ...full,
  };
}
