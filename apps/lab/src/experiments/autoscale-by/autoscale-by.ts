import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';
import type { Figures } from '../../statistics/figures.js';
import { activateUsers } from '../active-users.js';
import { noteRefusals } from '../causes.js';
import { cpuBetween, readCpu } from '../cpu.js';
import type { Experiment, Lab } from '../experiment.js';
import { replacePods, withUsualPods } from '../fresh-pods.js';
import { SessionSeeder } from '../session-seeder.js';
import { uncounted } from '../uncounted.js';
import { claims, kinds, type AutoscaleByKey } from './claims.js';
import { syncMs, wantedPods, type MetricOverPods } from './decision.js';
import { surgePlots, type PodsAt, type SurgeBy } from './plots.js';

/** Who is inside looks seldom: what fills the pods is idle. */
const thinkMs = 3_000;
/** As slow as people come, so that signing them in is no load to speak of. */
const surgeMs = 60_000;
const mostSessions = 1_200;
/** So many times the pods that a mode has, the sessions take. */
const growth = 2;
/** An autoscaler may have as many more as would not be needed. */
const bound = 3;
/** A quick run goes through the same in so much less time. */
const quickly = 5;
const lookEveryMs = 1_000;
/** A slow machine is waited for, but not for ever. */
const patience = 4;
/** What the chart has pods aim at, in thousandths of a core. */
const cpuTarget = 50;

/** Claim 19: the same surge of idle sessions, and an autoscaler that goes by CPU, or by sessions. */
export const autoscaleBy: Experiment<AutoscaleByKey> = {
  name: 'autoscale-by',
  summary: 'a surge of sessions that nobody uses: whether an autoscaler sees it by CPU, and by sessions',
  claims,
  kinds,
  how:
    `The pods are new. All customers are inside and look every ${thinkMs / 1_000} s on average. In ${surgeMs / 1_000} s as many sessions are opened as --sessions says, ` +
    `at most ${mostSessions}, and not used: so many that with ${growth} times the pods each would have what is aimed at. ` +
    `The lab decides as Kubernetes documents of a HorizontalPodAutoscaler, each ${syncMs / 1_000} s, by the average over the pods that are ready ` +
    '(ceil of pods times the average by the target, a tenth left alone), and scales what it runs or is installed; once by CPU ' +
    `(${cpuTarget}m, or what the installed autoscaler aims at), once by sessions with CPU beside. ` +
    'It is watched for two looks more than sessions are opened and pods are on their way. A quick run opens a fifth of them in a fifth of the time. What reads the metrics takes as long as the lab does; ' +
    'metrics-server and Prometheus are up to a quarter of a minute behind.',
  rounds: 2,
  together: 'always',
  modes: ['sticky', 'handoff'],
  expectedSeconds: ({ customers, quick }, platform) =>
    (2 * (surgeMs + 2 * syncMs)) / 1_000 / (quick ? quickly : 1) + customers / 60 + (platform === 'local' ? 5 : 40),
  measure: (lab, mode) => withUsualPods(lab, mode, (usual) => measure(lab, mode, usual)),
};

async function measure(lab: Lab, mode: ModeName, usual: number): Promise<Figures<AutoscaleByKey>> {
  const enough = growth * usual;
  const opened = Math.min(lab.sessions, lab.quick ? mostSessions / quickly : mostSessions);
  const size = { usual, enough, opened, target: Math.ceil((opened + lab.pool.customers.length) / enough) };
  const [byCpu, bySessions] = await bothWays(lab, mode, size);
  const surges: SurgeBy = { cpu: byCpu.seen, sessions: bySessions.seen };
  surgePlots(mode, surges, size).forEach(lab.draw);
  const [ofCpu, ofSessions] = [byCpu, bySessions].map(({ seen }) => ({
    enough: seen.find(({ pods }) => pods >= enough)?.ms ?? null,
    ...seen.at(-1)!,
  }));
  return {
    opened: Math.min(byCpu.opened, bySessions.opened),
    podsBefore: usual,
    enough,
    target: size.target,
    enoughByCpu: ofCpu!.enough,
    podsByCpu: ofCpu!.pods,
    unneededByCpu: Math.max(0, ofCpu!.pods - enough),
    fullestByCpu: ofCpu!.fullest,
    enoughBySessions: ofSessions!.enough,
    podsBySessions: ofSessions!.pods,
    unneededBySessions: Math.max(0, ofSessions!.pods - enough),
    fullestBySessions: ofSessions!.fullest,
    requests: byCpu.requests + bySessions.requests,
    failed: byCpu.failed + bySessions.failed,
    lost: byCpu.lost + bySessions.lost,
  };
}

/** One after the other, each beginning with the pods that the mode has usually. */
async function bothWays(lab: Lab, mode: ModeName, size: SurgeSize): Promise<[Surged, Surged]> {
  // Sessions that an experiment before has left would be counted, too.
  await replacePods(lab.platform, mode);
  const { record, users } = await activateUsers(lab, mode, thinkMs);
  try {
    const byCpu = await surge(lab, record, 'cpu', size);
    await lab.platform.scaleExactly(modes[mode].workload, size.usual);
    return [byCpu, await surge(lab, record, 'sessions', size)];
  } finally {
    await users.leave();
    noteRefusals(lab, record);
  }
}

interface SurgeSize {
  readonly usual: number;
  readonly enough: number;
  readonly opened: number;
  readonly target: number;
}

interface Surged {
  readonly opened: number;
  readonly seen: readonly PodsAt[];
  readonly requests: number;
  readonly failed: number;
  readonly lost: number;
}

/** Sessions are opened one after the other, pods are added as an autoscaler would, and the sessions are closed again. */
async function surge(lab: Lab, record: ModeRecord, by: keyof SurgeBy, size: SurgeSize): Promise<Surged> {
  const { platform, quick } = lab;
  const { mode } = record;
  const pace = quick ? quickly : 1;
  const before = record.counts;
  const idle = new SessionSeeder({ baseUrl: platform.baseUrl, record: uncounted(lab, mode) });
  const scaler = new SurgeScaler(platform, mode, by, size);
  const seen: PodsAt[] = [];
  try {
    lab.progress(`${mode}: ${size.opened} sessions are opened, an autoscaler goes by ${inWords[by]}`);
    const from = performance.now();
    let looked = 0;
    const isOpening = (): boolean => idle.opened < size.opened && idle.refused === undefined;
    const latest = from + (patience * surgeMs) / pace;
    let busyUntil = from;
    // On a slow machine sessions are opened late, and pods are ready late.
    while (performance.now() < Math.min(latest, busyUntil + (2 * syncMs) / pace)) {
      const due = Math.min(1, ((performance.now() - from) * pace) / surgeMs);
      await idle.open(Math.max(0, Math.floor(size.opened * due) - idle.opened));
      if (isOpening()) busyUntil = performance.now();
      const now = await readSessions(platform, mode);
      seen.push({ ms: performance.now() - from, pods: now.pods.length, fullest: Math.max(0, ...now.held) });
      if (performance.now() - from >= ((looked + 1) * syncMs) / pace) {
        looked += 1;
        await scaler.look(now);
      }
      if (scaler.isScaling) busyUntil = performance.now();
      await sleep(lookEveryMs);
    }
    await scaler.settled();
    const { opened } = idle;
    await idle.closeSome(opened);
    const now = record.counts;
    return {
      opened,
      seen,
      requests: now.requests - before.requests,
      failed: now.failed - before.failed,
      lost: now.lost - before.lost,
    };
  } finally {
    await idle.close();
  }
}

const inWords = { cpu: 'CPU', sessions: 'sessions' } as const;

interface SessionsRead {
  /** Names of those that are ready. */
  readonly pods: readonly string[];
  readonly held: readonly number[];
}

async function readSessions(platform: Platform, mode: ModeName): Promise<SessionsRead> {
  const { workload } = modes[mode];
  const [pods, held] = await Promise.all([platform.pods(workload), platform.metric(workload, 'tellers_sessions_open')]);
  return { pods: pods.flatMap(({ name, phase }) => (phase === 'ready' ? [name] : [])), held: [...held.values()] };
}

/** Reads the pods of a mode and scales it, as an HPA does. */
class SurgeScaler {
  #before: ReturnType<typeof readCpu>;
  #scaling = Promise.resolve();
  #isScaling = false;
  readonly #workload: (typeof modes)[ModeName]['workload'];

  constructor(
    private readonly platform: Platform,
    mode: ModeName,
    private readonly by: keyof SurgeBy,
    private readonly size: SurgeSize,
  ) {
    this.#workload = modes[mode].workload;
    this.#before = readCpu(platform, this.#workload);
  }

  /** Adds pods if it wants any; while some are on their way it waits for them. */
  async look({ pods, held }: SessionsRead): Promise<void> {
    const now = readCpu(this.platform, this.#workload);
    const [before, after] = await Promise.all([this.#before, now]);
    this.#before = now;
    if (this.#isScaling) return;
    const { average = 0 } = cpuBetween(before, after, pods) ?? {};
    const aim = this.platform.autoscaling?.(this.#workload);
    const cpu: MetricOverPods = { average: 10 * average, target: (aim?.unit === 'm' ? aim.target : null) ?? cpuTarget };
    const sum = held.reduce((total, count) => total + count, 0);
    const sessions: MetricOverPods = { average: sum / pods.length, target: this.size.target };
    const metrics = this.by === 'cpu' ? [cpu] : [cpu, sessions];
    const wanted = wantedPods(pods.length, metrics, bound * this.size.usual);
    if (wanted <= pods.length) return;
    this.#isScaling = true;
    this.#scaling = this.platform.scaleExactly(this.#workload, wanted).finally(() => (this.#isScaling = false));
    // Who waits for it in the end is told; until then nobody does.
    this.#scaling.catch(() => undefined);
  }

  /** Whether pods that it added are on their way. */
  get isScaling(): boolean {
    return this.#isScaling;
  }

  /** Resolves when no pod is on its way. @throws Error when one does not come */
  async settled(): Promise<void> {
    await this.#scaling;
  }
}
