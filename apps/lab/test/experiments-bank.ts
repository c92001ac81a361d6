import { afterAll, beforeAll, jest } from '@jest/globals';
import { CustomerPool } from '../src/bank/pool.js';
import type { Experiment, FiguresByMode } from '../src/experiments/experiment.js';
import { runExperiment } from '../src/experiments/run-experiment.js';
import type { ModeName, WorkloadName } from '../src/bank/modes.js';
import type { ExtraEnvironment } from '../src/bank/local/templates.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import type { Platform, Pod } from '../src/platform/platform.js';
import type { Section } from '../src/report/scorecard.js';

interface ExperimentsBankOptions {
  readonly modes: readonly ModeName[];
  readonly workloads: Partial<Record<WorkloadName, number>>;
  readonly environment: ExtraEnvironment;
  readonly customers: number;
  readonly seconds: number;
  readonly seed: number;
}

/** A bank of real processes for the tests of one file, on which experiments are run once, in their shortest form. */
export function experimentsBank({ modes, workloads, environment, customers, seconds, seed }: ExperimentsBankOptions) {
  // Far above what an experiment takes: `speed-up` adds load until a pod bears no more, on a busy machine for minutes.
  jest.setTimeout(300_000);
  let platform: Platform;
  let pool: CustomerPool;

  beforeAll(async () => {
    platform = await startLocalPlatform({ port: 0, workloads, environment });
    pool = new CustomerPool(platform.baseUrl);
    await pool.grow(customers);
  });

  afterAll(async () => {
    await pool?.close();
    await platform?.close();
  });

  return {
    run: (experiment: Experiment, compared = modes): Promise<Section> => {
      const size = { seconds, seed, rounds: 1, sessions: 2_000, quick: true };
      return runExperiment(experiment, { platform, pool, modes: compared, ...size, progress: () => undefined });
    },
    pods: (workload?: string): Promise<Pod[]> => platform.pods(workload),
  };
}

/** The figures' values by mode. */
export function seenIn({ figures }: Section): FiguresByMode {
  return Object.fromEntries(
    Object.entries(figures).map(([mode, estimates]) => [
      mode,
      Object.fromEntries(Object.entries(estimates).map(([key, { value }]) => [key, value])),
    ]),
  );
}
