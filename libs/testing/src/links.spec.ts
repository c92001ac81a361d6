import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { definitionsIn, documents, textOf } from './documents.js';

/** What a place is reached by: its own name, or that which GitHub makes of a heading; the second of the same name is reached by `-1`. */
function anchorsOf(path: string): Set<string> {
  const counts = new Map<string, number>();
  const named = [...textOf(path).matchAll(/<a id="([^"]+)">/g)].map(([, name]) => name!);
  const headings = [...textOf(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
  const numbered = headings.map((name) => {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  });
  return new Set([...named, ...numbered]);
}

/** Where the links of a document lead: a name that is defined nowhere leads to itself. */
function targetsIn(path: string): string[] {
  const text = textOf(path).replace(/`[^`\n]+`/g, '');
  const definitions = definitionsIn(text);
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target]) => target!);
  const named = [...text.matchAll(/\[[^\]]+\]\[([^\]]+)\]/g)].map(
    ([, name]) => definitions.get(name!)?.target ?? name!,
  );
  return [...inline, ...named];
}

/** Files that a document names as code, by their path in the house; specs are named without `.ts`. */
function pathsIn(path: string): string[] {
  return [...textOf(path).matchAll(/`((?:apps|bench|docs|helm|k8s|libs|scripts)\/[\w./-]+)`/g)].map(
    ([, named]) => named!,
  );
}

function isBroken(target: string, from: string): boolean {
  if (/^(https?|mailto):/.test(target)) return false;
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(path)) return true;
  return anchor !== undefined && !(path.endsWith('.md') && anchorsOf(path).has(anchor));
}

describe('links', () => {
  it.each(documents)('of %s lead to what is there', (path) => {
    expect(targetsIn(path).filter((target) => isBroken(target, path))).toEqual([]);
  });

  it.each(documents)('and paths that %s names are there', (path) => {
    expect(pathsIn(path).filter((named) => !existsSync(named) && !existsSync(`${named}.ts`))).toEqual([]);
  });

  it('have no definition that no text uses', () => {
    for (const path of documents) {
      const text = textOf(path);
      const unused = [...definitionsIn(text).keys()].filter((name) => !text.includes(`][${name}]`));
      expect([path, ...unused]).toEqual([path]);
    }
  });

  it('of the index lead to every document', () => {
    const listed = targetsIn('docs/README.md').map((target) => join('docs', target.split('#')[0]!));
    const there = documents.filter((path) => path.startsWith('docs/') && path !== 'docs/README.md');
    expect(there.filter((path) => !listed.includes(path))).toEqual([]);
  });
});
