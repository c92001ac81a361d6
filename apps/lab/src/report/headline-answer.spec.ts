import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { advisingScorecard } from '../../test/sample-figures.js';
import { answerOf } from '../answer/answer.js';
import { repositoryRoot } from '../repository.js';
import { renderHtml } from './html/page.js';
import { renderMarkdown } from './markdown.js';
import { readScorecard } from './read-scorecard.js';
import { renderAnswer } from './terminal-answer.js';

/** Text alone, each blank alike. */
const plain = (text: string): string =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll(/[\s*|]+/g, ' ');

describe.each(['docs/report', 'docs/report/kubernetes'])('the answer in %s', (folder) => {
  const path = join(repositoryRoot, folder);
  const scorecard = readScorecard(path);
  const answer = answerOf(scorecard);
  const drawings = {
    page: renderHtml(scorecard, answer),
    Markdown: renderMarkdown(scorecard, answer),
    terminal: renderAnswer(answer).join('\n'),
  };

  it.each(['page', 'Markdown', 'terminal'] as const)('is told whole by the %s', (drawing) => {
    const text = plain(drawings[drawing]);
    const told = [
      ...answer.groups.flatMap(({ rows }) => rows.flatMap(({ label, cells }) => [label, ...cells.map((cell) => cell.text)])),
      ...answer.advised.cases.flatMap(({ load, advice }) => [load, advice]),
      ...answer.advised.cautions,
      ...answer.untold,
    ]; // prettier-ignore
    expect(told.filter((one) => !text.includes(plain(one)))).toEqual([]);
  });

  it('is in the Markdown that is published, which `npm run reports` renders', () => {
    expect(readFileSync(join(path, 'scorecard.md'), 'utf8')).toBe(drawings.Markdown);
  });

  it('has a figure in each row', () => {
    const rows = answer.groups.flatMap((group) => group.rows);
    expect(rows.filter(({ cells }) => !cells.some(({ text }) => /\d/.test(text)))).toEqual([]);
  });
});

describe('the answer in a terminal', () => {
  const answer = answerOf(advisingScorecard);
  const two = answerOf({
    ...advisingScorecard,
    settings: { ...advisingScorecard.settings, modes: ['sticky', 'shared'] },
  });

  it.each([
    ['five modes', answer],
    ['two', two],
  ])('fits eighty columns with %s', (_, one) => {
    expect(renderAnswer(one).filter((line) => line.length > 80)).toEqual([]);
  });

  it('has labels and figures side by side where there is room, else one below the other', () => {
    expect(renderAnswer(two).join('\n')).toMatch(/^a pod killed: sessions lost +50 of 50 +0 of 50$/m);
    expect(renderAnswer(answer).join('\n')).toMatch(/^a pod killed: sessions lost\n +0 of 50 +50 of 50/m);
  });
});
