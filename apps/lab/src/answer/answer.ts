import { advise } from '../advise/advice.js';
import { adviceInShort, caution, errorLine, loadInWords } from '../advise/advice-view.js';
import { measuredIn } from '../advise/measured.js';
import { forecastClaim, UnfitReport } from '../advise/unfit-report.js';
import { modesInReport, type ModeName } from '../bank/modes.js';
import type { AdvisedCases, HeadlineAnswer } from '../report/headline-answer.js';
import type { Scorecard } from '../report/scorecard.js';
import { AnswerCells } from './answer-cells.js';
import { answerRows, type RowSource } from './answer-rows.js';
import { typicalWorkloads } from './typical-workloads.js';

const quickRun =
  'This was a quick run, of one short round: nobody knows how far the figures that end with a question mark are off.';

/** What a scorecard answers to "should this service keep its clients' state?". */
export function answerOf(scorecard: Scorecard): HeadlineAnswer {
  const { modes } = scorecard.settings;
  const cells = new AnswerCells(scorecard);
  const cellsOf = (source: RowSource) =>
    (modes as ModeName[]).map((mode) =>
      'byDesign' in source ? { text: source.byDesign(mode) } : cells.cell(source, mode),
    );
  const groups = answerRows.map(({ title, rows }) => ({
    title,
    rows: rows.map((source) => ({
      label: source.label,
      about: source.about,
      experiment: 'byDesign' in source ? undefined : source.experiment,
      cells: cellsOf(source),
    })),
  }));
  const advised = advisedBy(scorecard);
  // Where there is advice, its first caution says what became of the forecasts.
  cells.noteClaims(advised.cases.length > 0 ? forecastClaim : undefined);
  const compared = modes.map((name) => modesInReport.find((one) => one.name === name) ?? { name, about: '' });
  return {
    modes: compared,
    caution: scorecard.settings.quick ? quickRun : undefined,
    groups,
    advised,
    untold: cells.untold,
  };
}

function advisedBy(scorecard: Scorecard): AdvisedCases {
  try {
    const measured = measuredIn(scorecard);
    const cases = typicalWorkloads.map(({ name, workload }) => {
      const advice = advise(measured, workload);
      return { name, load: loadInWords(workload), mode: advice.mode, advice: adviceInShort(advice) };
    });
    return { cautions: [...caution(measured.trial), errorLine(measured.error, measured.trial)], cases };
  } catch (error) {
    if (!(error instanceof UnfitReport)) throw error;
    return { cautions: [error.message.replaceAll(/\n\s*/g, ' ')], cases: [] };
  }
}
