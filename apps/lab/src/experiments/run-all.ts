import { CustomerPool } from '../bank/pool.js';
import { formatTimeLeft } from '../report/format.js';
import type { Section } from '../report/scorecard.js';
import type { Experiment } from './experiment.js';
import { planOf, type PlannedRun } from './plan.js';
import { runExperiment } from './run-experiment.js';
import type { RunOptions } from './run-options.js';
import { TimeLeft } from './time-left.js';

export interface ExperimentOption extends RunOptions, Pick<PlannedRun, 'platform' | 'stopping'> {
  /** Told what the run is at: in a line, and the same in parts. */
  readonly say: (line: string, reported: { readonly sentence: string; readonly secondsLeft: number }) => void;
}

/** Registers customers and runs experiments one after the other; says what it is at, and how long it still takes. */
export async function runAll(experiments: readonly Experiment[], desired: ExperimentOption): Promise<Section[]> {
  const { platform, customers, say } = desired;
  const timeLeft = timeLeftOf(experiments, desired);
  await using pool = new CustomerPool(platform.baseUrl);
  const sections: Section[] = [];
  await pool.grow(
    customers,
    (total) => {
      const sentence = `registering customers: ${total} of ${customers}`;
      if (total % 20 === 0 || total === customers) say(sentence, { sentence, secondsLeft: timeLeft.seconds });
    },
    desired.stopping,
  );
  for (const experiment of experiments) experiment.ahead?.(platform, desired);
  for (const experiment of experiments) {
    const { name } = experiment;
    const progress = (sentence: string): void => {
      const { seconds: secondsLeft } = timeLeft;
      say(`(${formatTimeLeft(secondsLeft)}) ${name}: ${sentence}`, { sentence, secondsLeft });
    };
    const onMeasured = (seconds: number): void => timeLeft.measured(name, seconds);
    sections.push(await runExperiment(experiment, { ...desired, pool, progress, onMeasured }));
    timeLeft.done(name);
  }
  return sections;
}

function timeLeftOf(experiments: readonly Experiment[], desired: ExperimentOption): TimeLeft {
  return new TimeLeft(
    experiments.map((experiment) => {
      const { rounds, modes, width } = planOf(experiment, desired);
      const secondsEach = experiment.expectedSeconds(desired, desired.platform.name) / width;
      return { name: experiment.name, measurements: rounds * modes.length, secondsEach };
    }),
  );
}
