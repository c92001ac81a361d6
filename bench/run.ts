import { type Bench, type Figure, type Round, Skipped } from './figure.js';
import { type Result, summarise } from './result.js';

/**
 * Measures one figure: a first round that only warms up, then as many as asked.
 * @returns its result, or the sentence that says why it was skipped
 */
export async function runFigure(
  figure: Figure,
  bench: Bench,
  rounds: number,
  say: (progress: string) => void,
): Promise<Result | string> {
  try {
    const trial = await figure.open(bench);
    try {
      const count = Math.min(rounds, trial.maxRounds ?? Infinity);
      if (trial.maxRounds === undefined) await trial.round(0);
      const measured: Round[] = [];
      for (let index = 0; index < count; index += 1) {
        measured.push(await trial.round(index));
        say(`${figure.name}: round ${index + 1} of ${count}, ${measured[index]!.ratio.toFixed(2)}`);
      }
      return summarise(figure, trial, measured);
    } finally {
      await trial.close();
    }
  } catch (error) {
    if (error instanceof Skipped) return error.message;
    throw error;
  }
}
