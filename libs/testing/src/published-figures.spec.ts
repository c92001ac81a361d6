import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { definitionsIn, documents, sectionOf, textOf } from './documents.js';

interface PublishedReport {
  readonly sections: readonly {
    readonly name: string;
    readonly seconds: number;
    readonly claims: readonly { readonly number: number; readonly verdict: { readonly ruling: string } }[];
    readonly figures: Readonly<Record<string, Readonly<Record<string, { readonly value: number | null }>>>>;
  }[];
}

/** A figure in a document: a link to the report that has it, whose title says which one it is. */
interface QuotedFigure {
  readonly document: string;
  /** As a reader sees it: `88 sessions`. */
  readonly text: string;
  readonly report: string;
  /** `amnesia: lived in sticky`, of several modes where all have the same; `all: minutes` of the run. */
  readonly title: string;
}

const reports = ['docs/report/scorecard.json', 'docs/report/kubernetes/scorecard.json'];
const read = (path: string): PublishedReport => JSON.parse(readFileSync(path, 'utf8')) as PublishedReport;

function quotedIn(document: string): QuotedFigure[] {
  const text = textOf(document);
  const definitions = definitionsIn(text);
  return [...text.matchAll(/\[([^\]]*)\]\[([^\]]+)\]/g)].flatMap(([, shown, name]) => {
    const { target = '', title = '' } = definitions.get(name!) ?? {};
    if (!title.includes(': ')) return [];
    return [{ document, text: shown!, report: join(dirname(document), target.replace(/\.md$/, '.json')), title }];
  });
}

/** What the report has, each value once. */
function measured({ report, title }: QuotedFigure): (number | null | undefined)[] {
  const { sections } = read(report);
  if (title === 'all: minutes') return [sections.reduce((sum, { seconds }) => sum + seconds, 0) / 60];
  const [, experiment, key, modes = ''] = /^(\S+): (\S+) in (.*)$/.exec(title) ?? [];
  const figures = sections.find(({ name }) => name === experiment)?.figures;
  return [...new Set(modes.split(', ').map((mode) => figures?.[mode]?.[key!]?.value))];
}

/** The text as it would be by the report, each number in it as exact as it is. */
function byReport(figure: QuotedFigure): string {
  if (!/\d/.test(figure.text)) return 'a number';
  return figure.text.replace(/[\d,]+(?:\.(\d+))?/g, (_, decimals = '') => {
    const values = measured(figure).map((value) => value?.toFixed(String(decimals).length) ?? 'nothing');
    return [...new Set(values.map(grouped))].join(' or ');
  });
}

/** Thousands apart from 10,000 on. */
const grouped = (number: string): string => number.replace(/\d{5,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

const figures = documents.flatMap(quotedIn);

describe('figures in the documents', () => {
  it('are those of the published reports', () => {
    expect(figures.filter(({ document }) => document === 'README.md').length).toBeGreaterThan(10);
    const line = ({ document, title }: QuotedFigure, text: string): string => `${document}, ${title}: ${text}`;
    expect(figures.map((figure) => line(figure, figure.text))).toEqual(
      figures.map((figure) => line(figure, byReport(figure))),
    );
  });

  it('are of experiments whose every claim holds, here and on the cluster', () => {
    const experiments = new Set(figures.map(({ title }) => title.split(':')[0]!));
    const open = reports.flatMap((report) =>
      read(report)
        .sections.filter(({ name }) => experiments.has(name))
        .flatMap(({ name, claims }) => claims.map(({ number, verdict }) => ({ report, name, number, ...verdict })))
        .filter(({ ruling }) => ruling !== 'holds'),
    );
    expect(open).toEqual([]);
  });

  it('are all that the README tells where it says what was found', () => {
    const found = sectionOf(textOf('README.md'), '## What we found');
    const rest = found.replace(/\[[^\]]*\]\[[^\]]+\]/g, '').replace(/^\d+\. /gm, '');
    expect(rest.match(/.*\d.*/g)).toBeNull();
  });
});
