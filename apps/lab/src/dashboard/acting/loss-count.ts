import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd } from '../../bank/crowd/crowd.js';
import { modeNames, modes, type ModeName } from '../../bank/modes.js';
import type { LossCause } from '../../losses/loss-causes.js';
import type { LossRow } from '../../losses/loss-ledger.js';
import type { Done } from '../../protocol/actions.js';

/** A customer finds out at the next request: most do within seconds, and nobody is waited for longer than this. */
const findOut = { minMs: 3_000, quietMs: 2_500, maxMs: 30_000, everyMs: 100 };

type CountedLosses = Pick<Done, 'watchedMs' | 'lost' | 'failed' | 'awaited' | 'isCounted'>;

/** Counts what customers lose by one thing that is done, from just before it until whoever lost a session has found out. */
export class LossCount {
  readonly #touched: readonly ModeName[];
  readonly #before: LossTally;
  /** What was lost before it without anybody's doing, and over how long. */
  readonly #standing: LossTally;
  readonly #standingMs: number;
  readonly #startedAt = performance.now();
  #watchedFrom = this.#startedAt;
  #final: CountedLosses | undefined;

  /** @param to the workload that it is done to, or `redis` */
  constructor(
    private readonly crowd: Crowd | undefined,
    to: string,
  ) {
    this.#touched = modesTouchedBy(to);
    const rows = this.#rows(crowd?.lossRows ?? []);
    const { rows: earlier = [], agoMs = 0 } = crowd?.lossesBefore ?? {};
    this.#before = tally(rows);
    this.#standing = newSince(tally(this.#rows(earlier).filter(comesAnyway)), tally(rows.filter(comesAnyway)));
    this.#standingMs = agoMs;
  }

  /** As it is now; once it is over it stays as it was. */
  get now(): CountedLosses {
    return this.#final ?? this.#counted(false);
  }

  /** Resolves when all have found out, to be called when it was done. */
  async end(): Promise<void> {
    this.#watchedFrom = performance.now();
    if (this.crowd !== undefined) await this.#untilFoundOut();
    this.#final = this.#counted(true);
  }

  async #untilFoundOut(): Promise<void> {
    const read = (): string => JSON.stringify(this.#rows(this.crowd?.lossRows ?? []));
    let [known, lastAt] = [read(), performance.now()];
    for (;;) {
      // A lab that stops waits for nobody.
      await sleep(findOut.everyMs, undefined, { ref: false });
      const { awaited, watchedMs } = this.now;
      const at = performance.now();
      if (read() !== known) [known, lastAt] = [read(), at];
      const isQuiet = awaited === 0 && watchedMs >= findOut.minMs && at - lastAt >= findOut.quietMs;
      if (isQuiet || watchedMs >= findOut.maxMs) return;
    }
  }

  #counted(isCounted: boolean): CountedLosses {
    const { crowd } = this;
    const now = performance.now();
    const times = this.#standingMs === 0 ? 0 : (now - this.#startedAt) / this.#standingMs;
    return {
      watchedMs: crowd === undefined ? 0 : now - this.#watchedFrom,
      ...without(newSince(this.#before, tally(this.#rows(crowd?.lossRows ?? []))), this.#standing, times),
      awaited: crowd?.awaitedIn(this.#touched) ?? 0,
      isCounted,
    };
  }

  #rows(rows: readonly LossRow<ModeName>[]): LossRow<ModeName>[] {
    return rows.filter(({ mode }) => this.#touched.includes(mode));
  }
}

/** Where something may be lost by what is done to a workload or to `redis`: others find out only now what was done to them before. */
export function modesTouchedBy(to: string): ModeName[] {
  const touchesAll = to === 'redis' || to === 'auth';
  return modeNames.filter((mode) => touchesAll || modes[mode].workload === to);
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

function more(before: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>): Record<string, number> {
  const added = Object.entries(now).map(([key, total]) => [key, total - (before[key] ?? 0)] as const);
  return Object.fromEntries(added.filter(([, extra]) => extra > 0));
}
