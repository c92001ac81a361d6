import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of these folders with one of these endings. */
export function filesIn(folders: readonly string[], endings: RegExp): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => endings.test(path))
      .map((path) => join(folder, path))
      .toSorted(),
  );
}

/** What the house says in words, by path. */
export const documents = ['README.md', 'CONTRIBUTING.md', ...filesIn(['docs', 'helm', 'k8s'], /\.md$/)];

/** A document without its blocks of code, where brackets and hashes mean something else. */
export function textOf(path: string): string {
  return readFileSync(path, 'utf8').replace(/^( *)(```+)[^]*?^\1\2$/gm, '');
}

/** The part of a text under a heading, up to the next one that is no lower. */
export function sectionOf(text: string, heading: string): string {
  const [, after] = text.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`There is no ${heading}`);
  const [level = ''] = heading.split(' ');
  return after.split(new RegExp(`^#{1,${level.length}} `, 'm'))[0]!;
}

/** Links by reference, by their names: where they lead, and what is said of it. */
export function definitionsIn(text: string): Map<string, { target: string; title: string }> {
  const found = text.matchAll(/^\[([^\]]+)\]: (\S+)(?: ["'](.*)["'])?$/gm);
  return new Map([...found].map(([, name, target, title]) => [name!, { target: target!, title: title ?? '' }]));
}
