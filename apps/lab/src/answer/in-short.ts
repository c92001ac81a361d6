import { listInWords } from '../report/format.js';
import type { AnswerCell, AnswerRow, ShortAnswer } from '../report/headline-answer.js';
import { rowsInShort } from './answer-rows.js';

/** What the rows come to, in three sentences; what was not measured is not told. */
export function inShort(rows: readonly AnswerRow[], modes: readonly string[]): ShortAnswer[] {
  const cellsOf = (row: keyof typeof rowsInShort): readonly ToldCell[] =>
    (rows.find(({ label }) => label === rowsInShort[row])?.cells ?? []).flatMap((cell, index) =>
      cell.value === undefined
        ? []
        : [{ mode: modes[index]!, text: cell.text, value: cell.value, isDoubted: cell.why !== undefined }],
    );
  /** In which modes that is so; of a figure that is in doubt nothing is said without it. */
  const where = (row: keyof typeof rowsInShort, is: (value: number) => boolean): string[] =>
    cellsOf(row).flatMap(({ mode, value, isDoubted }) => (!isDoubted && is(value) ? [mode] : []));
  const some = (value: number): boolean => value > 0;
  const none = (value: number): boolean => value === 0;

  const costs = [
    extremes(cellsOf('cpu'), (least, most) => `an act of a user takes least CPU in ${least}, most in ${most}`),
    greatest(cellsOf('heap'), (text, names) => `a session takes up to ${text} of a pod’s memory (${names})`),
    ...cellsOf('store').flatMap(({ mode, value }) =>
      value > 0 ? [`${mode} asks the store ${value} times a request`] : [],
    ),
  ];
  const lost = ['killed', 'rollout'] as const;
  const never = modes.filter((mode) => lost.every((row) => where(row, none).includes(mode)));
  const loses = [
    listed(where('killed', some), (names) => `a pod that is killed takes its sessions along in ${names}`),
    listed(where('rollout', some), (names) => `a rollout does in ${names}`),
    listed(never, (names, lose) => `${names} ${lose} none by either`),
    listed(where('well', some), (names, lose) => `${names} ${lose} some while all is well`),
    extremes(cellsOf('paused'), (least, most) => `while the store stands still, fewest looks fail in ${least}, most in ${most}`), // prettier-ignore
  ];
  const even = cellsOf('even').filter(({ value, isDoubted }) => Number.isFinite(value) && !isDoubted);
  const scales = [
    listed(even.map(named), (names) => `new pods come to an even share of the load of users who stay in ${names}`),
    listed(
      where('even', (value) => value === Infinity),
      (names) => `none do in time in ${names}, whose users stay where they are remembered`,
    ),
    greatest(cellsOf('hottest'), (text, names) => `the hottest pod then has up to ${text} of the average load (${names})`), // prettier-ignore
  ];
  return [sentence('Costs', costs), sentence('Loses', loses), sentence('Scales', scales)].flat();
}

interface ToldCell extends Required<Pick<AnswerCell, 'text' | 'value'>> {
  readonly mode: string;
  readonly isDoubted: boolean;
}

type Clause = string | undefined;

function sentence(about: string, clauses: readonly Clause[]): ShortAnswer[] {
  const said = clauses.filter((clause) => clause !== undefined).join('; ');
  return said === '' ? [] : [{ about, sentence: `${said[0]!.toUpperCase()}${said.slice(1)}.` }];
}

const named = ({ mode, text }: ToldCell): string => `${mode} (${text})`;

const byValue = (cells: readonly ToldCell[]): ToldCell[] => cells.toSorted((one, other) => one.value - other.value);

/** Of one mode alone nothing is the least or the most. */
function extremes(cells: readonly ToldCell[], say: (least: string, most: string) => string): Clause {
  const sorted = byValue(cells);
  return sorted.length < 2 ? undefined : say(named(sorted[0]!), named(sorted.at(-1)!));
}

/** Those that are told the same are named together. */
function greatest(cells: readonly ToldCell[], say: (text: string, names: string) => string): Clause {
  const top = byValue(cells).at(-1);
  if (top === undefined) return undefined;
  return say(top.text, listInWords(cells.filter(({ text }) => text === top.text).map(({ mode }) => mode)));
}

function listed(names: readonly string[], say: (names: string, lose: string) => string): Clause {
  if (names.length === 0) return undefined;
  return say(listInWords(names), names.length === 1 ? 'loses' : 'lose');
}
