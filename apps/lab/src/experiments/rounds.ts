import type { CustomerPool } from '../bank/pool.js';
import { checkMoney } from '../bank/money-check.js';
import { GeneratorHealth } from '../load/generator-health.js';
import { BankRecorder } from '../bank/mode-record.js';
import type { LossLedger } from '../losses/loss-ledger.js';
import { modes, type ModeName } from '../bank/modes.js';
import type { Plot } from '../report/plot.js';
import type { Experiment, FiguresByMode, Lab, MoneyCheck } from './experiment.js';
import type { Plan, PlannedRun } from './plan.js';
import { FallenBehind, withoutLatencies } from './fallen-behind.js';
import { LatenciesByMode } from './latency-plot.js';
import { orderOf, seedOf } from './schedule.js';
import type { Figures } from '../statistics/figures.js';

const settledWithinMs = 60_000;

/** The measurements of one experiment: in each round every mode once, in an order that the seed decides. */
export class Rounds {
  /** The rounds that came to their end, in their order. */
  readonly found: FiguresByMode[] = [];
  readonly #drawn: Plot[] = [];
  readonly #latencies = new LatenciesByMode();
  readonly #notes = new Set<string>();
  readonly #behind = new FallenBehind();
  readonly #tidying: Promise<unknown>[] = [];
  /** Customers of each that is measured at the same time, so that none waits for another's. */
  readonly #pools: readonly CustomerPool[];

  constructor(
    private readonly experiment: Experiment,
    private readonly run: PlannedRun & Plan,
    private readonly losses: LossLedger<ModeName>,
  ) {
    this.#pools = run.width > 1 ? run.pool.parts(run.width) : [run.pool];
  }

  get plots(): Plot[] {
    return [...this.#drawn, ...this.#latencies.plots()];
  }

  get notes(): string[] {
    return [...this.#notes, ...this.#behind.notes(this.found.length)];
  }

  async measureAll(): Promise<void> {
    const { modes: compared, rounds, seed, width, stopping } = this.run;
    if (width > 1)
      this.#notes.add('The modes of a round were measured at the same time, each with its share of the customers.');
    for (let round = 0; round < rounds; round++) {
      const figures: FiguresByMode = {};
      const shared = new Map<string, Promise<unknown>>();
      const left = orderOf(compared, seed, round);
      try {
        while (left.length > 0) {
          stopping?.throwIfAborted();
          const together = left.splice(0, width);
          const measured = together.map(async (mode, place) => {
            figures[mode] = await this.#measure(mode, round, shared, this.#pools[place]!);
          });
          await allOf(measured);
        }
      } finally {
        await Promise.allSettled(this.#tidying);
      }
      await allOf(this.#tidying.splice(0));
      this.found.push(figures);
    }
  }

  async #measure(
    mode: ModeName,
    round: number,
    shared: Map<string, Promise<unknown>>,
    pool: CustomerPool,
  ): Promise<Figures> {
    const startedAt = performance.now();
    await this.run.platform.settled(settledWithinMs, modes[mode].workload);
    const recorders: BankRecorder[] = [];
    const health = new GeneratorHealth((at) => recorders.some(({ warmUp }) => warmUp.counts(at)));
    const figures = await this.experiment.measure(this.#labOf(pool, round, shared, recorders), mode);
    const starts = recorders.flatMap((recorder) => recorder.records()).map((record) => record.starts);
    const { behind } = health.end(starts);
    this.run.onMeasured?.((performance.now() - startedAt) / 1_000 / this.run.width);
    if (behind === undefined) {
      this.#latencies.add(recorders);
      return figures;
    }
    const { kinds } = this.experiment;
    if (!Object.values(kinds).some(({ latency }) => latency)) return figures;
    this.#behind.add(mode, round, behind);
    return withoutLatencies(kinds, figures);
  }

  #labOf(pool: CustomerPool, round: number, shared: Map<string, Promise<unknown>>, recorders: BankRecorder[]): Lab {
    const { platform, seconds, sessions, quick, seed, rounds, progress } = this.run;
    return {
      platform,
      pool,
      seconds,
      sessions,
      quick,
      round,
      seed: seedOf(seed, round),
      losses: this.losses,
      progress: (sentence) => progress(rounds === 1 ? sentence : `round ${round + 1} of ${rounds}, ${sentence}`),
      note: (sentence) => this.#notes.add(sentence),
      draw: (plot) => {
        if (round === 0) this.#drawn.push(rounds === 1 ? plot : ofTheFirst(plot, rounds));
      },
      recorder: () => {
        const recorder = new BankRecorder(this.losses);
        recorders.push(recorder);
        return recorder;
      },
      oncePerRound: <Value>(name: string, measure: () => Promise<Value>): Promise<Value> => {
        const found = shared.get(name) ?? measure();
        shared.set(name, found);
        return found as Promise<Value>;
      },
      tidyUp: (work) => {
        // Whoever waits for it at the end of the round is told.
        work.catch(() => {});
        this.#tidying.push(work);
      },
      checkMoney: async (): Promise<MoneyCheck> => {
        const { audit, newlyLostMinor } = await checkMoney(platform, pool);
        return { auditBreaches: audit.clean ? 0 : 1, lostMinor: newlyLostMinor };
      },
    };
  }
}

/** Waits for the end of each, so that nothing goes on behind a fault, and throws the first one. */
async function allOf(measured: readonly Promise<unknown>[]): Promise<void> {
  const fault = (await Promise.allSettled(measured)).find(({ status }) => status === 'rejected');
  if (fault !== undefined) throw (fault as PromiseRejectedResult).reason;
}

/** Else a reader would hold what is drawn of one round against a figure that adds up all. */
function ofTheFirst(plot: Plot, rounds: number): Plot {
  return { ...plot, about: `${plot.about} This is the first of ${rounds} rounds; the figures are of all.` };
}
