import { formatCell, wrap } from '../format.js';
import type { Scorecard } from '../scorecard.js';
import { agreementOf } from '../summary.js';
import { terminalWidth } from '../terminal.js';
import { compareFigures, noiseBelow, type FigureChange, type ComparedFigure } from './compare-figures.js';
import { compareVerdicts, type VerdictChange } from './compare-verdicts.js';
import { unlike } from './unlike.js';

interface Named {
  readonly name: string;
  readonly scorecard: Scorecard;
}

/** What changed from A to B as lines of at most 80 columns; figures that did not change only if `all` are asked for. */
export function renderComparison(a: Named, b: Named, all: boolean): string[] {
  const differences = unlike(a.scorecard, b.scorecard);
  const figures = compareFigures(a.scorecard, b.scorecard);
  const of = (found: ComparedFigure): FigureChange[] => figures.filter((figure) => figure.found === found);
  const verdicts = compareVerdicts(a.scorecard, b.scorecard);
  const [changed, alike, open] = [of('changed'), of('alike'), of('cannot tell')];
  return [
    ...say(`A: ${runLine(a)}`),
    ...say(`B: ${runLine(b)}`),
    ...(differences.length === 0 ? [] : ['Known to differ, which may be all that the figures show:']),
    ...differences.flatMap((difference) => say(`  ${difference}`, '    ')),
    '',
    ...heading('Verdicts that changed', verdicts.length),
    ...verdicts.flatMap(verdictLines),
    '',
    ...heading(`Figures that changed by more than noise, of ${figures.length}`, changed.length),
    ...table(changed),
    ...(all ? ['', ...heading('Figures of which nobody can tell', open.length), ...table(open)] : []),
    ...(all ? ['', ...heading('Figures that noise explains', alike.length), ...table(alike)] : []),
    '',
    ...say(leftOut(alike.length, open.length, all)),
    ...say(rule(figures.length - open.length)),
  ];
}

const say = (text: string, indent = '  '): string[] => wrap(text, terminalWidth, indent);
const heading = (text: string, count: number): string[] => [`${text}: ${count === 0 ? 'none' : count}`];

function runLine({ name, scorecard: { settings, startedAt } }: Named): string {
  const rounds = settings.rounds === 1 ? 'one round' : `${settings.rounds} rounds`;
  return `${name} (${startedAt.slice(0, 16).replace('T', ' ')}, ${settings.platform}, ${rounds}, seed ${settings.seed})`;
}

function verdictLines({ number, experiment, sentence, before, after, rounds }: VerdictChange): string[] {
  return [
    ...say(`  Claim ${number} (${experiment}): ${sentence}`, '    '),
    ...say(`    A: ${before.ruling.toUpperCase()} (${agreementOf(before, rounds[0])}): ${before.because}`, '      '),
    ...say(`    B: ${after.ruling.toUpperCase()} (${agreementOf(after, rounds[1])}): ${after.because}`, '      '),
  ];
}

/** By experiment, that with the largest change first. */
function table(figures: readonly FigureChange[]): string[] {
  const experiments = [...new Set(figures.map(({ experiment }) => experiment))];
  return experiments.flatMap((name) => [
    `  ${name.padEnd(42)}${'A'.padStart(11)}${'B'.padStart(11)}${'change'.padStart(9)}`,
    ...figures.filter(({ experiment }) => experiment === name).map(row),
  ]);
}

function row({ mode, kind, before, after }: FigureChange): string {
  const label = kind.over === 'total' ? `${kind.label}, a round` : kind.label;
  const cell = (value: number | null): string =>
    value === null && kind.absent === 'beyond' ? 'not seen' : formatCell(value, kind.unit);
  const [from, to] = [cell(before), cell(after)];
  const name = `    ${mode.padEnd(10)}${label}`;
  const rest = `${from.padStart(11)}${to.padStart(11)}${changeOf(before, after).padStart(9)}`;
  // Labels are short enough but for those that say more here.
  return `${name.padEnd(terminalWidth - 5 - rest.length)}${rest}`;
}

/** In percent of the first, or how many times as much where that says more. */
export function changeOf(before: number | null, after: number | null): string {
  if (before === after) return '=';
  if (before === null || after === null) return '';
  if (before === 0) return 'from 0';
  const times = after / before;
  if (times >= 10) return `x ${times.toFixed(0)}`;
  const percent = 100 * (times - 1);
  return percent === 0 ? '=' : `${percent > 0 ? '+' : ''}${percent.toFixed(Math.abs(percent) < 10 ? 1 : 0)} %`;
}

function leftOut(alike: number, open: number, all: boolean): string {
  const reported = `Noise explains the rest (${alike}); of ${open} nobody can tell, for want of rounds or of figures.`;
  return all || alike + open === 0 ? reported : `${reported} --all shows these, too.`;
}

function rule(tested: number): string {
  return (
    `Rule: a figure changed if an exact rank-sum test of its rounds in A against those in B gives a chance of at most ` +
    `${noiseBelow}; that takes 5 rounds in each. Of ${tested} figures tested, chance alone would call about ` +
    `${Math.ceil(tested * noiseBelow)} changed. A verdict changed if its ruling did. Change is that of the value shown: ` +
    `the median of the rounds, of events their number a round.`
  );
}
