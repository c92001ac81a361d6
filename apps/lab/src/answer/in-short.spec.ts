import { describe, expect, it } from '@jest/globals';
import { advisingScorecard } from '../../test/sample-figures.js';
import type { AnswerCell, AnswerRow } from '../report/headline-answer.js';
import { answerOf } from './answer.js';
import { rowsInShort } from './answer-rows.js';
import { inShort } from './in-short.js';

const modes = ['stateless', 'sticky', 'handoff', 'shared'];
const row = (name: keyof typeof rowsInShort, ...cells: readonly AnswerCell[]): AnswerRow => ({
  label: rowsInShort[name],
  about: '',
  experiment: undefined,
  cells,
});
const counts = (...values: readonly number[]): AnswerCell[] => values.map((value) => ({ value, text: String(value) }));
const said = (...rows: readonly AnswerRow[]): Record<string, string> =>
  Object.fromEntries(inShort(rows, modes).map(({ about, sentence }) => [about, sentence]));

describe('the answer in short', () => {
  it('names the modes that cost least and most, with the figures of the table', () => {
    const cpu = row('cpu', ...[872, 370, 317, 640].map((value) => ({ value, text: `${value} µs` })));
    expect(said(cpu)['Costs']).toBe(
      'An act of a user takes least CPU in handoff (317 µs), most in stateless (872 µs).',
    );
  });

  it('names who loses by what, and who by nothing', () => {
    expect(said(row('killed', ...counts(0, 17, 18, 0)), row('rollout', ...counts(0, 90, 0, 0)))['Loses']).toBe(
      'A pod that is killed takes its sessions along in sticky and handoff; a rollout does in sticky; ' +
        'stateless and shared lose none by either.',
    );
  });

  it('does not say that a mode loses none where one of both is not told', () => {
    const untold: AnswerCell = { text: 'not run', why: 1 };
    const killed = row('killed', ...counts(0, 17, 18), untold);
    expect(said(killed, row('rollout', untold, untold, untold, untold))['Loses']).toBe(
      'A pod that is killed takes its sessions along in sticky and handoff.',
    );
  });

  it('does not say of a doubted figure that nothing is lost', () => {
    const doubted: AnswerCell = { value: 0, text: '0 of 9 ?', why: 1 };
    expect(said(row('killed', ...counts(0, 8), doubted), row('rollout', ...counts(0, 36, 0)))['Loses']).toBe(
      'A pod that is killed takes its sessions along in sticky; a rollout does in sticky; stateless loses none by either.',
    );
  });

  it('names where new pods never had their share, and how long it took elsewhere', () => {
    const never = { value: Infinity, text: 'not in time' };
    expect(
      said(row('even', { value: 0, text: '0 s' }, never, { value: 19_000, text: '19 s' }, { value: 0, text: '0 s' }))[
        'Scales'
      ],
    ).toBe(
      'New pods come to an even share of the load of users who stay in stateless (0 s), handoff (19 s) and shared (0 s); ' +
        'none do in time in sticky, whose users stay where they are remembered.',
    );
  });

  it('says nothing of what was not measured', () => {
    expect(inShort([], modes)).toEqual([]);
  });

  it('is told of a whole scorecard', () => {
    expect(answerOf(advisingScorecard).inShort.map(({ about }) => about)).toEqual(['Costs', 'Loses']);
  });
});
