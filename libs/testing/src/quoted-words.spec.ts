import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { filesIn, sectionOf, textOf } from './documents.js';

const textsOf = (folders: readonly string[]): string =>
  filesIn(folders, /(?<!spec)\.(m?[jt]s|md)$/)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

/** The first cell of each row of a section's tables. */
const firstCells = (document: string, heading: string): string[] =>
  [...sectionOf(textOf(document), heading).matchAll(/^\| +([^|]*?) +\|/gm)].map(([, cell]) => cell!);

/** Finds a sentence in sources: a … is put in there, and a number may be; it may be broken over lines. */
function inSources(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const put = '\\$\\{[^}]*\\}';
  return new RegExp(
    escaped
      .replace(/\d+(?:\\\.\d+)*/g, (number) => `(?:${number}|${put})`)
      .replaceAll('…', put)
      .replaceAll(' ', ` (?:['"\`]\\s*\\+\\s*['"\`])?`),
  );
}

it('quotes what the programs say as they say it, where the README helps who cannot start', () => {
  const said = firstCells('README.md', '### If it does not start').flatMap((cell) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, sentence]) => sentence!),
  );
  expect(said.length).toBeGreaterThan(10);
  const sources = textsOf(['apps', 'libs', 'scripts']);
  expect(said.filter((sentence) => !inSources(sentence).test(sources))).toEqual([]);
});

it('explains words that page, terminal or report really have', () => {
  const headings = [...textOf('docs/glossary.md').matchAll(/^## .*$/gm)].map(([heading]) => heading);
  const words = headings
    .flatMap((heading) => firstCells('docs/glossary.md', heading))
    .filter((cell) => !/^(Here|-+)$/.test(cell))
    .flatMap((cell) => cell.replaceAll('`', '').split(', '));
  expect(words.length).toBeGreaterThan(50);
  const sources = textsOf(['apps', 'docs/report', 'helm/tellers']).toLowerCase();
  expect(words.filter((word) => !sources.includes(word.toLowerCase()))).toEqual([]);
});

it('names what can be clicked as the page does, where the README leads through it', () => {
  const [steps = ''] = sectionOf(textOf('README.md'), '## Ten minutes').split('\n### ');
  const clicked = [...steps.matchAll(/_([^_]+)_/g)].map(([, words]) => words!.replace(/\s+/g, ' '));
  expect(clicked.length).toBeGreaterThan(10);
  const sources = textsOf(['apps/lab/src/page', 'apps/lab/src/dashboard']);
  expect(clicked.filter((words) => !inSources(words).test(sources))).toEqual([]);
});
