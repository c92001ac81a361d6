import { checkMoney } from '../customers/money-check.js';
import { GeneratorHealth } from '../load/generator-health.js';
import { Recorder } from '../load/recorder.js';
import type { LossLedger } from '../losses/loss-ledger.js';
import type { ModeName } from '../modes.js';
import type { Plot } from '../report/plot.js';
import type { Experiment, Figures, FiguresByMode, Lab, MoneyCheck } from './experiment.js';
import type { Run } from './plan.js';
import { FallenBehind, withoutLatencies } from './fallen-behind.js';
import { LatenciesByMode } from './latency-plot.js';
import { orderOf, seedOf } from './schedule.js';

const settledWithinMs = 60_000;

/** The measurements of one experiment: in each round every mode once, in an order that the seed decides. */
export class Rounds {
  /** The rounds that came to their end, in their order. */
  readonly found: FiguresByMode[] = [];
  readonly #drawn: Plot[] = [];
  readonly #latencies = new LatenciesByMode();
  readonly #notes = new Set<string>();
  readonly #behind = new FallenBehind();

  constructor(
    private readonly experiment: Experiment,
    private readonly run: Run,
    private readonly losses: LossLedger,
  ) {}

  get plots(): Plot[] {
    return [...this.#drawn, ...this.#latencies.plots()];
  }

  get notes(): string[] {
    return [...this.#notes, ...this.#behind.notes(this.found.length)];
  }

  async measureAll(): Promise<void> {
    const { modes, rounds, seed } = this.run;
    for (let round = 0; round < rounds; round++) {
      const figures: FiguresByMode = {};
      const shared = new Map<string, Promise<unknown>>();
      for (const mode of orderOf(modes, seed, round)) {
        figures[mode] = await this.#measure(mode, round, shared);
      }
      this.found.push(figures);
    }
  }

  async #measure(mode: ModeName, round: number, shared: Map<string, Promise<unknown>>): Promise<Figures> {
    const startedAt = performance.now();
    const { platform } = this.run;
    await platform.settled(settledWithinMs);
    const recorders: Recorder[] = [];
    const health = new GeneratorHealth();
    const figures = await this.experiment.measure(this.#labOf(round, shared, recorders), mode);
    const starts = recorders.flatMap((recorder) => recorder.records()).map((record) => record.starts);
    const { behind } = health.end(starts);
    this.run.onMeasured?.((performance.now() - startedAt) / 1_000);
    if (behind === undefined) {
      this.#latencies.add(recorders);
      return figures;
    }
    const { kinds } = this.experiment;
    if (!Object.values(kinds).some(({ latency }) => latency)) return figures;
    this.#behind.add(mode, round, behind);
    return withoutLatencies(kinds, figures);
  }

  #labOf(round: number, shared: Map<string, Promise<unknown>>, recorders: Recorder[]): Lab {
    const { platform, pool, seconds, sessions, quick, seed, rounds, progress } = this.run;
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
        if (round === 0) this.#drawn.push(plot);
      },
      recorder: () => {
        const recorder = new Recorder(this.losses);
        recorders.push(recorder);
        return recorder;
      },
      oncePerRound: <Value>(name: string, measure: () => Promise<Value>): Promise<Value> => {
        const found = shared.get(name) ?? measure();
        shared.set(name, found);
        return found as Promise<Value>;
      },
      checkMoney: async (): Promise<MoneyCheck> => {
        const { audit, newlyLostMinor } = await checkMoney(platform, pool);
        return { auditBreaches: audit.clean ? 0 : 1, lostMinor: newlyLostMinor };
      },
    };
  }
}
