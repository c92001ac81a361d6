import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '#libs/service';
import type { Crowd } from '../../bank/crowd/crowd.js';
import type { LossRow } from '../../losses/loss-ledger.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Platform, Pod } from '../../platform/platform.js';
import type { Done } from '../../protocol/actions.js';
import { causeInWords, type LossCause } from '../../losses/loss-causes.js';
import { count } from '../../page/words.js';
import type { Journal } from '../../journal/journal.js';

export interface ActionRunnerOptions {
  readonly platform: Platform;
  readonly workloads: readonly string[];
  readonly crowd: Crowd | undefined;
  /** Told what was done, in a sentence. */
  readonly journal: Journal;
  /** After so long an answer is given although it is not done yet. */
  readonly patienceMs?: number;
}

/** A customer finds out at the next request: most do by then, and those who pause long hear of nothing new for a while. */
const findOut = { minMs: 3_000, quietMs: 2_500, maxMs: 12_000, everyMs: 100 };

/** What can be done to the bank, each told with what customers lost by it. */
export class ActionRunner {
  constructor(private readonly options: ActionRunnerOptions) {}

  async scale(workload: string, replicas: number): Promise<Done> {
    const name = this.#workload(workload);
    const before = (await this.options.platform.pods(name)).length;
    const sentence = `${name} was scaled from ${before} to ${replicas}.`;
    return this.#do(sentence, name, () => this.options.platform.scale(name, replicas));
  }

  roll(workload: string): Promise<Done> {
    const name = this.#workload(workload);
    return this.#do(`Every pod of ${name} was replaced.`, name, () => this.options.platform.roll(name));
  }

  async kill(pod: string): Promise<Done> {
    const { name, workload } = await this.#pod(pod);
    return this.#do(`${name} was killed.`, workload, () => this.options.platform.kill(name));
  }

  async stop(pod: string): Promise<Done> {
    const { name, workload } = await this.#pod(pod);
    return this.#do(`${name} was stopped in order.`, workload, () => this.options.platform.stop(name));
  }

  pauseStore(seconds: number): Promise<Done> {
    return this.#do(`Redis was paused for ${seconds} s.`, 'redis', async () => {
      await this.options.platform.store.pause(1_000 * seconds);
      await sleep(1_000 * seconds);
    });
  }

  async #do(sentence: string, to: string, act: () => Promise<void>): Promise<Done> {
    const { crowd, journal, patienceMs = 60_000 } = this.options;
    const losses = (): LossRow<ModeName>[] => lossesOf(to, crowd?.lossRows ?? []);
    const rowsBefore = losses();
    const before = tally(rowsBefore);
    const { rows = [], agoMs = 0 } = crowd?.lossesBefore ?? {};
    const standing = newSince(tally(lossesOf(to, rows).filter(comesAnyway)), tally(rowsBefore.filter(comesAnyway)));
    const startedAt = performance.now();
    const acting = act().then(() => performance.now() - startedAt);
    const tookMs = await Promise.race([acting, sleep(patienceMs, undefined, { ref: false })]).catch((error: Error) => {
      throw new CodedError('cannot-here', error.message);
    });
    // What goes wrong after the answer is told as what happened.
    if (tookMs === undefined) acting.catch((error: Error) => journal.note(error.message));
    const watchedMs = crowd === undefined ? 0 : await untilFoundOut(losses);
    const done: Done = {
      did: tookMs === undefined ? `${sentence} It is not over yet.` : sentence,
      tookMs: tookMs ?? patienceMs,
      watchedMs,
      ...without(
        newSince(before, tally(losses())),
        standing,
        agoMs === 0 ? 0 : (performance.now() - startedAt) / agoMs,
      ),
    };
    journal.note(crowd === undefined ? done.did : `${done.did} ${costOf(done)}`);
    return done;
  }

  #workload(name: string): string {
    if (!this.options.workloads.includes(name)) throw new CodedError('not-found', `There is no workload ${name}.`);
    return name;
  }

  async #pod(name: string): Promise<Pod> {
    const found = (await this.options.platform.pods()).find((pod) => pod.name === name);
    if (found === undefined) throw new CodedError('not-found', `There is no pod ${name}.`);
    return found;
  }
}

/** Resolves when nothing more is lost, to the milliseconds that this took. */
async function untilFoundOut(losses: () => readonly LossRow<ModeName>[]): Promise<number> {
  const startedAt = performance.now();
  const read = (): string => JSON.stringify(losses());
  let [known, lastAt] = [read(), startedAt];
  for (;;) {
    await sleep(findOut.everyMs);
    const now = performance.now();
    if (read() !== known) [known, lastAt] = [read(), now];
    const tookMs = now - startedAt;
    const isQuiet = tookMs >= findOut.minMs && now - lastAt >= findOut.quietMs;
    if (isQuiet || tookMs >= findOut.maxMs) return tookMs;
  }
}

/** What may be its doing, where something was done to a workload or to `redis`: others find out only now what was done to them before. */
export function lossesOf(to: string, rows: readonly LossRow<ModeName>[]): LossRow<ModeName>[] {
  const touchesAll = to === 'redis' || to === 'auth';
  return rows.filter(({ mode }) => touchesAll || modes[mode].workload === to);
}

const causesOfAnEnd: readonly LossCause[] = ['owner-died', 'drained-without-handoff', 'gateway-error'];

/** Whether it may be lost without anybody's doing: what an earlier end of a pod took tells nothing of what the next one takes. */
export function comesAnyway({ cause }: LossRow<ModeName>): boolean {
  return !causesOfAnEnd.includes(cause);
}

type LossTally = Pick<Done, 'lost' | 'failed'>;

/** Losses by mode. */
export function tally(rows: readonly LossRow<ModeName>[]): LossTally {
  const lost: Record<string, Record<string, number>> = {};
  const failed: Record<string, number> = {};
  for (const { mode, cause, sessions, requests } of rows) {
    if (sessions > 0) (lost[mode] ??= {})[cause] = sessions;
    if (requests > 0) failed[mode] = (failed[mode] ?? 0) + requests;
  }
  return { lost, failed };
}

/** What came since. */
export function newSince(before: LossTally, now: LossTally): LossTally {
  const lost = Object.entries(now.lost).map(([mode, causes]) => [mode, more(before.lost[mode] ?? {}, causes)] as const);
  return {
    lost: Object.fromEntries(lost.filter(([, causes]) => Object.keys(causes).length > 0)),
    failed: more(before.failed, now.failed),
  };
}

/** What is left without so many times what comes anyway. */
export function without(all: LossTally, standing: LossTally, times: number): LossTally {
  const scaled = (counts: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).map(([key, number]) => [key, Math.round(number * times)]));
  const lost = Object.entries(standing.lost).map(([mode, causes]) => [mode, scaled(causes)] as const);
  return newSince({ lost: Object.fromEntries(lost), failed: scaled(standing.failed) }, all);
}

/** What customers lost, in a sentence. */
export function costOf({ lost, failed }: LossTally): string {
  const parts = [
    ...Object.entries(lost).flatMap(([mode, causes]) =>
      Object.entries(causes).map(([cause, lostTo]) => `${mode} ${count(lostTo, 'session')} (${causeInWords(cause)})`),
    ),
    ...Object.entries(failed).map(([mode, requests]) => `${mode} ${count(requests, 'failed request')}`),
  ];
  return parts.length === 0 ? 'Nobody lost anything.' : `It cost ${parts.join(', ')}.`;
}

function more(before: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>): Record<string, number> {
  const added = Object.entries(now).map(([key, total]) => [key, total - (before[key] ?? 0)] as const);
  return Object.fromEntries(added.filter(([, extra]) => extra > 0));
}
