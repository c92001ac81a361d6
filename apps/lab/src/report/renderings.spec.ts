import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { answerOf } from '../answer/answer.js';
import { catalogue } from '../experiments/catalogue.js';
import { modeNames, modesInReport, type ModeName } from '../bank/modes.js';
import { examinedWith } from '../../test/sample-examination.js';
import { renderHtml } from './html/page.js';
import { renderMarkdown } from './markdown.js';
import { isSound, scorecardOf, scorecardSchema, type Scorecard, type Section } from './scorecard.js';
import { renderTerminal } from './terminal.js';
import { writeReport } from './write-report.js';

/** A section with wide figures in every mode, as the real experiments lay it out. */
const sections: Section[] = catalogue.map(({ name, claims, kinds, how }) => ({
  name,
  kinds,
  how,
  claims: claims.map(({ number, sentence, decidedBy }) => ({
    number,
    sentence,
    decidedBy,
    verdict: {
      ruling: 'holds',
      agreement: 1,
      because: 'sticky lost exactly the 12 sessions of the killed pod, stateless none.',
    },
  })),
  figures: Object.fromEntries(
    modeNames.map((mode) => [
      mode,
      Object.fromEntries(
        Object.keys(kinds).map((key) => [key, { value: 123_456, low: 123_000, high: 124_000, samples: [123_456] }]),
      ),
    ]),
  ),
  plots: [],
  rounds: 5,
  seconds: 12,
  losses: [{ mode: 'sticky', cause: 'owner-died', sessions: 12, requests: 1 }],
  notes: ['sticky: 3 of 99 arrivals were sent late.'],
  audit: { clean: true, accounts: 121, transfers: 900, breach: null },
  statements: { customers: 60, transfers: 800, unknown: 0, lostMinor: 0, faults: [] },
  fault: undefined,
}));
const settings = { platform: 'local', modes: modeNames, customers: 60, seconds: 8, seed: 1, rounds: 5, quick: false };
const scorecard: Scorecard = scorecardOf(new Date(0), { modes: modesInReport, settings, sections });
const markdownOf = (one: Scorecard): string => renderMarkdown(one, answerOf(one));
const first = sections[0]!;
const once = (value: number | null) => ({ value, low: null, high: null, samples: [value] });

describe('renderTerminal', () => {
  const lines = renderTerminal(scorecard);

  it('fits 80 columns with five modes and wide figures', () => {
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('tells claim, verdict, figures, money and how it was measured', () => {
    const text = lines.join('\n');
    expect(text).toContain('Claim 9:');
    expect(text).toContain('HOLDS (5 rounds, 100 % of resamples): sticky lost exactly');
    expect(text).toContain('Losses: sticky: 12 sessions lost, 1 request failed, its pod died.');
    expect(text).toMatch(/requests failed +123456 +123456/);
    expect(text).toContain('audit of 121 accounts');
    expect(text).toContain('How: Customers arrive open loop');
    expect(text).toContain('Seed 1');
  });

  it('keeps the figures of a row apart, however large they are', () => {
    const kinds = { memory: { label: 'memory', unit: 'bytes', over: 'median' } as const };
    const large = { stateless: { memory: once(114_888_253) }, sticky: { memory: once(112_605_801) } };
    const text = renderTerminal({ ...scorecard, sections: [{ ...first, kinds, figures: large }] }).join('\n');
    expect(text).toMatch(/^memory +115 MB +113 MB$/m);
  });

  it('shows a dash where a mode has nothing to measure', () => {
    const kinds = { cpu: { label: 'CPU', unit: 'µs', over: 'median' } as const };
    const bare = { ...first, kinds, figures: { stateless: { cpu: once(0.5) }, sticky: { cpu: once(null) } } };
    expect(renderTerminal({ ...scorecard, sections: [bare] }).join('\n')).toMatch(/CPU +0\.50 µs +-\n/);
  });

  it('ends with each claim in a line, and with what is not sound', () => {
    const bad = {
      ...first,
      name: 'bad',
      losses: [{ mode: 'shared', cause: 'unexplained', sessions: 1, requests: 0 }],
    } as const;
    const text = renderTerminal({ ...scorecard, sections: [first, bad] }).join('\n');
    const summary = text.slice(text.indexOf('== scorecard'));
    expect(summary).toMatch(/^ 1  HOLDS             Stateful: responses/m);
    expect(summary).toContain('One claim put to the test, by 2 verdicts. Holds: 2.');
    expect(summary).toContain('DO NOT TRUST THIS RUN: bad: shared: 1 session lost, unexplained.');
  });

  it('says that an experiment did not end, and why', () => {
    const broken = { ...first, claims: [], figures: {}, fault: 'No pod of sticky is ready.' };
    expect(renderTerminal({ ...scorecard, sections: [broken] }).join('\n')).toContain('No pod of sticky is ready.');
  });
});

describe('renderMarkdown', () => {
  it('has a table of verdicts and one of figures for each experiment', () => {
    const page = markdownOf(scorecard);
    expect(page).toMatch(
      /\| 9 \| Session memory: a pod that dies takes [^|]+ \(amnesia\) \| ✅ \*\*holds\*\*, 5 rounds, 100 % of resamples \| .+ \| 123\u202f456/,
    );
    expect(page).toContain('|  | stateless | sticky | unpinned | handoff | shared |');
    expect(page).toContain('(123\u202f000 – 124\u202f000)');
    for (const { name } of catalogue) expect(page).toContain(`<a id="${name}"></a>\n<details><summary><b>${name}</b>`);
    expect(page).toContain('**How a verdict comes about**');
  });

  it('warns of a run that is not sound, and tells how to run it again', () => {
    const page = markdownOf({ ...scorecard, sections: [{ ...first, fault: 'No <pod> is ready.' }] });
    expect(page).toContain(`**Do not trust this run:** ${first.name}: No &lt;pod> is ready.`);
    expect(page).toContain(`npm run lab -- run ${first.name} --customers 60`);
  });

  it('keeps a table whole when a text holds its separator', () => {
    const claims = [
      { number: 1, sentence: 'a|b', decidedBy: [], verdict: { ruling: 'holds', because: 'c|d' } as const },
    ];
    expect(markdownOf({ ...scorecard, sections: [{ ...first, claims }] })).toContain('a\\|b');
  });
});

describe('the verdict of one quick round', () => {
  const [claim] = first.claims;
  const { agreement: _, ...verdict } = claim!.verdict;
  const claims = [{ ...claim!, verdict }];
  const quick = { ...scorecard, settings: { ...settings, rounds: 1, quick: true } };
  const report = { ...quick, sections: [{ ...first, rounds: 1, claims }] };

  it('is shown as that in the terminal', () => {
    const text = renderTerminal(report).join('\n');
    expect(text).toContain('  HOLDS, BY ONE QUICK ROUND: sticky lost exactly');
    expect(text).toMatch(/^ 1  HOLDS, BY ONE QUICK ROUND  Stateful: responses/m);
    expect(renderTerminal(report).filter((line) => line.length > 80)).toEqual([]);
  });

  it('is shown as that in Markdown and HTML, and in no colour that says more', () => {
    const markdown = markdownOf(report);
    expect(markdown).toContain('| ☑ holds, by one quick round |');
    expect(markdown).toContain('☑ holds, by one quick round: sticky lost');
    expect(markdown).not.toContain('✅');
    const page = renderHtml(report, answerOf(report));
    expect(page).toMatch(/class="verdict open"><span aria-hidden="true">✓ <\/span>holds, by one quick round</);
    expect(page).not.toContain('class="verdict holds"');
  });
});

describe('writeReport', () => {
  it('writes a page and the same as JSON, with its version, seed, settings and machine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    try {
      const [page = '', , json = ''] = writeReport(join(folder, 'deep/er'), scorecard, answerOf(scorecard));
      expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/);
      const read = scorecardSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
      expect(read).toMatchObject({ schemaVersion: 2, settings: { seed: 1 }, versions: { node: process.version } });
      expect(read.machine.cores).toBeGreaterThan(0);
      expect(read.sections.map(({ name }) => name)).toEqual(catalogue.map(({ name }) => name));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('losses of whatever service', () => {
  it('are told of its replicas, which need not be pods', () => {
    const losses: Section['losses'] = [{ mode: 'service', cause: 'owner-died', sessions: 3, requests: 0 }];
    const examined = examinedWith('losses', (section) => ({ ...section, losses }));
    const texts = [renderTerminal(examined).join('\n'), renderMarkdown(examined), renderHtml(examined)];
    for (const text of texts) {
      expect(text).toContain('its replica died');
      expect(text).not.toContain('its pod died');
    }
  });
});

describe('isSound', () => {
  it.each<[string, Partial<Section>]>([
    ['the audit found a breach', { audit: { clean: false, accounts: 1, transfers: 1, breach: 'M1' } }],
    ['there was no audit', { audit: undefined }],
    ['a customer misses money', { statements: { ...first.statements!, faults: ['one'] } }],
    ['an experiment did not end', { fault: 'oh' }],
    ['no cause explains a loss', { losses: [{ mode: 'shared', cause: 'unexplained', sessions: 1, requests: 0 }] }],
  ])('is false when %s', (_, change) => {
    expect(isSound({ sections: [first, { ...first, ...change }] })).toBe(false);
  });

  it('is true otherwise, whatever the verdicts are', () => {
    const against = {
      number: 9,
      sentence: '',
      decidedBy: [],
      verdict: { ruling: 'does not hold', because: '' } as const,
    };
    expect(isSound({ sections: [{ ...first, claims: [against] }] })).toBe(true);
  });
});

describe('every experiment', () => {
  it('has a label for each figure that leaves room for five modes', () => {
    const labels = catalogue.flatMap(({ kinds }) => Object.values(kinds).map(({ label }) => label));
    expect(labels.filter((label) => label.length > 30)).toEqual([]);
  });

  it('rules that it cannot tell when there are no figures', () => {
    const nothing: Partial<Record<ModeName, never>> = {};
    for (const { claims } of catalogue) {
      for (const { rule } of claims) expect(rule(nothing).ruling).toBe('cannot tell here');
    }
  });
});
