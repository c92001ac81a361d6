import { CustomerPool } from '../customers/pool.js';
import { formatTimeLeft } from '../report/format.js';
import type { Section } from '../report/scorecard.js';
import type { Experiment, RunSize } from './experiment.js';
import { planOf, type Run } from './plan.js';
import { runExperiment } from './run-experiment.js';
import { TimeLeft } from './time-left.js';

export interface Wish extends RunSize, Pick<Run, 'platform' | 'modes' | 'rounds' | 'seed' | 'stopping'> {
  /** Told what the run is at: in a line, and the same in parts. */
  readonly say: (line: string, told: { readonly sentence: string; readonly secondsLeft: number }) => void;
}

/** Registers customers and runs experiments one after the other; says what it is at, and how long it still takes. */
export async function runAll(experiments: readonly Experiment[], wish: Wish): Promise<Section[]> {
  const { platform, customers, say } = wish;
  const timeLeft = timeLeftOf(experiments, wish);
  const pool = new CustomerPool(platform.baseUrl);
  const sections: Section[] = [];
  try {
    await pool.grow(
      customers,
      (total) => {
        const sentence = `registering customers: ${total} of ${customers}`;
        if (total % 20 === 0 || total === customers) say(sentence, { sentence, secondsLeft: timeLeft.seconds });
      },
      wish.stopping,
    );
    for (const experiment of experiments) experiment.ahead?.(platform, wish);
    for (const experiment of experiments) {
      const { name } = experiment;
      const progress = (sentence: string): void => {
        const { seconds: secondsLeft } = timeLeft;
        say(`(${formatTimeLeft(secondsLeft)}) ${name}: ${sentence}`, { sentence, secondsLeft });
      };
      const onMeasured = (seconds: number): void => timeLeft.measured(name, seconds);
      sections.push(await runExperiment(experiment, { ...wish, pool, progress, onMeasured }));
      timeLeft.done(name);
    }
    return sections;
  } finally {
    await pool.close();
  }
}

function timeLeftOf(experiments: readonly Experiment[], wish: Wish): TimeLeft {
  return new TimeLeft(
    experiments.map((experiment) => {
      const { rounds, modes, width } = planOf(experiment, wish);
      const secondsEach = experiment.expectedSeconds(wish, wish.platform.name) / width;
      return { name: experiment.name, measurements: rounds * modes.length, secondsEach };
    }),
  );
}
