import { estimateText, intervalText } from './format.js';
import type { HeadlineAnswer } from './headline-answer.js';
import { examinedLines } from './markdown-examined.js';
import { answerLines } from './markdown-answer.js';
import { escape, table } from './markdown-table.js';
import { methodOf } from './method.js';
import type { JudgedClaim, Scorecard, Section } from './scorecard.js';
import {
  claimantOf,
  decidingFigures,
  faultsIn,
  judgedClaims,
  loadIn,
  lossInWords,
  moneySaid,
  reproduceCommand,
  runLine,
  sayVerdict,
  tally,
  titleOf,
} from './summary.js';

const signs = { holds: '✅', 'does not hold': '❌', 'cannot tell here': '❔' } as const;
/** Without a colour, where one round alone ruled. */
const signsOfOne = { ...signs, holds: '☑', 'does not hold': '☒' } as const;

/** The scorecard as Markdown for a pull request: the answer, then verdicts, each experiment folded below. */
export function renderMarkdown(scorecard: Scorecard, answer?: HeadlineAnswer): string {
  const { settings, machine, versions, sections, examined } = scorecard;
  return [
    `# ${titleOf(scorecard)}`,
    '',
    `${runLine(scorecard)} [Scorecard](#scorecard), [method](#method).`,
    ...faultsIn(scorecard).flatMap(([name, what]) => [
      '',
      `> **Do not trust this run:** ${escape(`${name}: ${what}`)}`,
    ]),
    ...(answer === undefined ? [] : answerLines(answer)),
    ...(examined === undefined ? [] : examinedLines(examined)),
    '',
    '## Scorecard',
    '',
    `**${tally(scorecard)}**`,
    ...verdicts(scorecard),
    ...sections.flatMap((section) => ['', ...sectionLines(section, scorecard)]),
    '',
    ...methodLines(scorecard),
    '',
    `${settings.platform}: ${machine.cores} cores (${machine.cpu}), ${machine.system}, Node ${versions.node}${loadIn(scorecard)}. To run it again:`,
    '',
    '```',
    reproduceCommand(scorecard),
    '```',
    '',
  ].join('\n');
}

function methodLines(scorecard: Scorecard): string[] {
  return [
    '<a id="method"></a>',
    '<details><summary><b>Method</b></summary>',
    ...methodOf(scorecard).flatMap(({ title, paragraphs }) => [
      '',
      `**${title}**`,
      ...paragraphs.flatMap((text) => ['', escape(text)]),
    ]),
    '',
    '</details>',
  ];
}

/** A row for each claim, with the figure that says most of those that decided it. */
function verdicts(scorecard: Scorecard): string[] {
  const judged = judgedClaims(scorecard);
  if (judged.length === 0) return [];
  const { modes } = scorecard.settings;
  const rows = judged.map(({ section, claim: { number, sentence, verdict, decidedBy } }) => {
    const [key = ''] = decidingFigures(section, { decidedBy });
    const kind = section.kinds[key];
    return [
      `${number}`,
      `${sentence} (${section.name})`,
      markedVerdict(verdict, section, scorecard).join(', '),
      kind?.label ?? '',
      ...modes.map((mode) => (kind === undefined ? '' : estimateText(section.figures[mode]?.[key]?.value, kind))),
    ];
  });
  return ['', ...table(['#', claimantOf(scorecard), 'Verdict', 'Decided by', ...modes], rows)];
}

/** The ruling and, where that is known, how sure it is. */
function markedVerdict(
  verdict: JudgedClaim['verdict'],
  { rounds }: Pick<Section, 'rounds'>,
  { settings }: Pick<Scorecard, 'settings'>,
): string[] {
  const { ruling, onlyBy, how } = sayVerdict(verdict, rounds, settings);
  return onlyBy === '' ? [`${signs[verdict.ruling]} **${ruling}**`, how] : [`${signsOfOne[verdict.ruling]} ${ruling}`];
}

function sectionLines(section: Section, scorecard: Scorecard): string[] {
  const { name, claims, kinds, figures, losses, notes, how, fault } = section;
  const modes = Object.keys(figures);
  const money = moneySaid(section, scorecard);
  const rows = Object.entries(kinds).map(([key, kind]) => [
    kind.label,
    ...modes.map((mode) => {
      const estimate = figures[mode]?.[key];
      const interval = estimate && intervalText(estimate);
      return `${estimateText(estimate?.value, kind)}${interval === undefined ? '' : ` (${interval})`}`;
    }),
  ]);
  const verdictLine = (verdict: JudgedClaim['verdict']): string => {
    const [mark, ...sure] = markedVerdict(verdict, section, scorecard);
    return `${mark}${sure.map((text) => ` (${text})`).join('')}`;
  };
  return [
    `<a id="${name}"></a>`,
    `<details><summary><b>${name}</b></summary>`,
    ...(fault === undefined ? [] : ['', `**Did not come to an end:** ${escape(fault)}`]),
    ...claims.flatMap(({ number, sentence, verdict }) => [
      '',
      `**Claim ${number}.** ${escape(sentence)} ${verdictLine(verdict)}: ${escape(verdict.because)}`,
    ]),
    ...(modes.length === 0 ? [] : ['', ...table(['', ...modes], rows)]),
    ...(losses.length === 0
      ? []
      : ['', 'Losses:', '', ...losses.map((row) => `- ${escape(lossInWords(row, scorecard))}`)]),
    '',
    ...(money === undefined ? [] : [`Money: ${escape(money)}`]),
    ...notes.flatMap((note) => ['', `Note: ${escape(note)}`]),
    '',
    `How: ${escape(how)}`,
    '',
    '</details>',
  ];
}
