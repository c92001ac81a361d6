import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { answerOf } from '../../answer/answer.js';
import { samplePlot, sampleScorecard, sampleSection } from '../../../test/sample-scorecard.js';
import type { Scorecard, Section } from '../scorecard.js';
import { renderHtml } from './page.js';

const rendered = (scorecard: Scorecard): string => renderHtml(scorecard, answerOf(scorecard));
const page = rendered(sampleScorecard);
const withSection = (change: Partial<Section>): string =>
  rendered({ ...sampleScorecard, sections: [{ ...sampleSection, ...change }] });

describe('renderHtml', () => {
  it('allows nothing but its own style sheet, and asks for nothing', () => {
    const [, style = ''] = page.match(/<style>([^]*)<\/style>/) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;;`);
    expect(page).not.toMatch(/<script|<link|<img| style=|https?:|@import|url\(/);
  });

  it('goes on with each claim, its verdict, how sure it is, and the figures that decided', () => {
    const [, top = ''] = page.split('<section');
    expect(top).toContain('Stateful: scaling is more complex.');
    expect(top).toMatch(/✓ <\/span>holds/);
    expect(top).toContain('5 rounds, 98 % of resamples');
    expect(top).toContain('ready to its even share');
    expect(top).not.toContain('requests failed');
    expect(top).toMatch(/data-mode="sticky">\s*2000\u00a0ms\s*<small>1960 – 2040<\/small>/);
  });

  it('says what each mode is, and draws it alike whichever are compared', () => {
    const { settings } = sampleScorecard;
    const [, one = ''] = rendered({ ...sampleScorecard, settings: { ...settings, modes: ['shared'] } }).split('<dl');
    expect(one).toMatch(/class="line c5"[^]*<strong>shared<\/strong>[^]*<dd>stateful: a session lives in Redis, where/);
  });

  it('has each plot as a table, too', () => {
    expect(page).toMatch(/Load of each pod: requests \(a second\)\s*<\/caption>/);
    expect(page).toMatch(/<th scope="row">2<\/th>\s*<td class="number">41<\/td><td class="number">9</);
  });

  it('thins out a long table and says so', () => {
    const points = Array.from({ length: 150 }, (_, at) => [at, at] as const);
    const long = withSection({ plots: [{ ...samplePlot, series: [{ name: 'a', style: 'line', points }] }] });
    expect(long).toContain('one row in 3, all are in scorecard.json');
    expect(long.match(/<th scope="row">\d+</g)).toHaveLength(50);
  });

  it('tells losses by cause, notes, money, method, machine, and how to run it again', () => {
    for (const text of [
      'its pod died',
      '12 / 1',
      'One pod was slow.',
      'audit of 121 accounts',
      'arrive open loop.',
      '2 cores (some CPU)',
    ])
      // prettier-ignore
      expect(page).toContain(text);
    expect(page).toContain('npm run lab -- run scale-out --customers 60 --seconds 8 --seed 1 --rounds 5');
  });

  it('warns before anything else of a run that is not sound', () => {
    expect(page).not.toContain('Do not trust this run');
    const breached = withSection({ audit: { clean: false, accounts: 1, transfers: 1, breach: 'M1' } });
    expect(breached.indexOf('Do not trust this run')).toBeLessThan(breached.indexOf('<table'));
    const unexplained = withSection({ losses: [{ mode: 'shared', cause: 'unexplained', sessions: 1, requests: 0, example: 'a session of shared' }] }); // prettier-ignore
    expect(unexplained).toContain('a session of shared');
    expect(withSection({ fault: 'No pod is ready.', claims: [], figures: {} })).toContain('No pod is ready.');
  });

  it('says that a figure was not there in time, and does not take it for nought', () => {
    const never = { value: null, low: 5_000, high: null, samples: [null, 5_000, null] };
    const text = withSection({ figures: { sticky: { even: never, failed: never } } });
    expect(text).toMatch(/not in time\s*<small>5000 – ∞/);
  });

  it('has each id once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
