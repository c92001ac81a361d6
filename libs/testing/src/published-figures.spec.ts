import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { definitionsIn, documents, sectionOf, textOf } from './documents.js';

interface PublishedReport {
  readonly sections: readonly {
    readonly name: string;
    readonly seconds: number;
    readonly claims: readonly {
      readonly number: number;
      readonly decidedBy: readonly string[];
      readonly verdict: { readonly ruling: string };
    }[];
    readonly kinds: Readonly<Record<string, { readonly label: string; readonly unit: string }>>;
    readonly figures: Readonly<Record<string, Readonly<Record<string, { readonly value: number | null }>>>>;
  }[];
}

/** A figure in a document: a link to the report that has it, whose title says which one it is. */
interface QuotedFigure {
  readonly document: string;
  /** As a reader sees it: `88 sessions`. */
  readonly text: string;
  readonly report: string;
  /** `amnesia: requests in sticky`, as the report names it, of several modes where all have the same; `all: minutes` of the run. */
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
    return [{ document, text: shown!, report: join(dirname(document), target.replace(/\.md(#.*)?$/, '.json')), title }];
  });
}

/** The section and the key that a title names, and for which modes. */
function named(report: string, title: string) {
  const [, experiment, label, modes = ''] = /^(\S+): (.+) in (.*)$/.exec(title) ?? [];
  const section = read(report).sections.find(({ name }) => name === experiment);
  const key = Object.entries(section?.kinds ?? {}).find(([, kind]) => kind.label === label)?.[0] ?? '';
  return { section, key, modes: modes.split(', ') };
}

/** What the report has, each value once, in the unit in which it is told. */
function measured({ report, title, text }: QuotedFigure): (number | null | undefined)[] {
  if (title === 'all: minutes') return [read(report).sections.reduce((sum, { seconds }) => sum + seconds, 0) / 60];
  const { section, key, modes } = named(report, title);
  const values = [...new Set(modes.map((mode) => section?.figures[mode]?.[key]?.value))];
  const isInSeconds = section?.kinds[key]?.unit === 'ms' && text.endsWith(' seconds');
  return isInSeconds ? values.map((ms) => (ms == null ? ms : ms / 1_000)) : values;
}

/** The claims that a figure decides; all of its experiment where it decides none. */
function claimsOn(report: string, title: string) {
  const { section, key } = named(report, title);
  const { claims = [] } = section ?? {};
  const decided = claims.filter(({ decidedBy }) => decidedBy.includes(key));
  return decided.length > 0 ? decided : claims;
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

  it('hang on no claim that does not hold, here and on the cluster', () => {
    const open = reports.flatMap((report) =>
      figures.flatMap(({ title }) =>
        claimsOn(report, title).flatMap(({ number, verdict }) =>
          verdict.ruling === 'holds' ? [] : [{ report, title, number }],
        ),
      ),
    );
    expect(open).toEqual([]);
  });

  it('are all that the README tells where it says what was found', () => {
    const found = sectionOf(textOf('README.md'), '## What we found');
    const rest = found.replace(/\[[^\]]*\]\[[^\]]+\]/g, '').replace(/^\d+\. /gm, '');
    expect(rest.match(/.*\d.*/g)).toBeNull();
  });
});
