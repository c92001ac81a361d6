import { advise } from '../advise/advice.js';
import { adviceInShort, caution, errorLine, loadInWords } from '../advise/advice-view.js';
import { measuredIn } from '../advise/measured.js';
import { UnfitReport } from '../advise/unfit-report.js';
import { modesInReport, type ModeName } from '../bank/modes.js';
import type { AdvisedCases, AnswerCell, HeadlineAnswer } from '../report/headline-answer.js';
import type { Scorecard } from '../report/scorecard.js';
import { AnswerCells } from './answer-cells.js';
import { answerRows, type RowSource } from './answer-rows.js';
import { inShort } from './in-short.js';
import { typicalWorkloads } from './typical-workloads.js';

const quickRun =
  'This was a quick run, of one short round: nobody knows how far the figures that end with a question mark are off.';

/** What a scorecard answers to "should this service keep its clients' state?". */
export function answerOf(scorecard: Scorecard): HeadlineAnswer {
  const { modes } = scorecard.settings;
  const cells = new AnswerCells(scorecard);
  const cellsOf = (source: RowSource) =>
    (modes as ModeName[]).map((mode) =>
      'byDesign' in source ? designCell(source.byDesign(mode)) : cells.cell(source, mode),
    );
  const sources = answerRows.map((group) => ({
    ...group,
    rows: group.rows.filter((source) => 'byDesign' in source || cells.wasRun(source.experiment)),
  }));
  const groups = sources.map(({ title, rows }) => ({
    title,
    rows: rows.map((source) => ({
      label: source.label,
      about: source.about,
      experiment: 'byDesign' in source ? undefined : source.experiment,
      cells: cellsOf(source),
    })),
  }));
  cells.noteClaims();
  cells.noteNotRun(
    answerRows.flatMap(({ rows }) => rows).flatMap((source) => ('byDesign' in source ? [] : source.experiment)),
  );
  const compared = modes.map((name) => modesInReport.find((one) => one.name === name) ?? { name, about: '' });
  return {
    modes: compared,
    caution: scorecard.settings.quick ? quickRun : undefined,
    inShort: inShort(
      groups.flatMap(({ rows }) => rows),
      modes,
    ),
    groups: groups.filter(({ rows }) => rows.length > 0),
    advised: advisedBy(scorecard),
    untold: cells.untold,
  };
}

const designCell = (value: number): AnswerCell => ({ value, text: String(value) });

function advisedBy(scorecard: Scorecard): AdvisedCases {
  try {
    const measured = measuredIn(scorecard);
    const cases = typicalWorkloads.map(({ name, workload }) => {
      const advice = advise(measured, workload);
      return { name, load: loadInWords(workload), mode: advice.mode, advice: adviceInShort(advice) };
    });
    return {
      cautions: caution(measured.trial, { elsewhere: 'see claim 11 below' }),
      cases,
      error: errorLine(measured.error, measured.trial),
    };
  } catch (error) {
    if (!(error instanceof UnfitReport)) throw error;
    return { cautions: [error.message.replaceAll(/\n\s*/g, ' ')], cases: [] };
  }
}
