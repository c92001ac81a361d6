import { examine, type ExamineOptions, type ExaminedService } from '../../src/examine/examine.js';
import { serviceQuestions } from '../../src/examine/questions/service-questions.js';

/**
 * Asks these questions once, unless told otherwise as fast as a test likes, of a service that may be written to and broken.
 * @throws where a question did not come to its end
 */
export async function examineOnce(
  examined: Pick<ExamineOptions, 'target' | 'journey' | 'users'> & Partial<Pick<ExamineOptions, 'ratePerSecond'>>,
  names: readonly string[],
): Promise<ExaminedService> {
  const found = await examine({
    ratePerSecond: 300,
    ...examined,
    questions: serviceQuestions.filter(({ name }) => names.includes(name)),
    rounds: 1,
    seed: 1,
    allowWrites: true,
    mayBreak: true,
    stopping: new AbortController().signal,
    progress: () => {},
    mask: String,
  });
  const faults = found.sections.flatMap(({ name, fault }) => (fault === undefined ? [] : `${name}: ${fault}`));
  if (faults.length > 0) throw new Error(`${examined.target.name} was not examined to the end. ${faults.join('; ')}`);
  return found;
}
