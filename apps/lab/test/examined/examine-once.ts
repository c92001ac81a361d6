import { examine, type ExamineOptions, type ExaminedService } from '../../src/examine/examine.js';
import { serviceQuestions } from '../../src/examine/questions/service-questions.js';

/** Asks these questions once, as fast as a test likes, of a service that may be written to and broken. */
export function examineOnce(
  examined: Pick<ExamineOptions, 'target' | 'journey' | 'users'>,
  names: readonly string[],
): Promise<ExaminedService> {
  return examine({
    ...examined,
    questions: serviceQuestions.filter(({ name }) => names.includes(name)),
    rounds: 1,
    seed: 1,
    ratePerSecond: 300,
    allowWrites: true,
    mayBreak: true,
    stopping: new AbortController().signal,
    progress: () => {},
    mask: String,
  });
}
