import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerOf } from '../answer/answer.js';
import { sampleScorecard } from '../../test/sample-scorecard.js';
import { repositoryRoot } from '../repository.js';
import { readScorecard, UnreadableScorecard } from './read-scorecard.js';
import { modeOrder } from './scorecard.js';
import { writeReport } from './write-report.js';

describe('readScorecard', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scorecards-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const written = (value: unknown): string => {
    const path = join(folder, 'some.json');
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };

  it('reads what was written, by its file or its folder', () => {
    writeReport(folder, sampleScorecard, answerOf(sampleScorecard));
    expect(readScorecard(join(folder, 'scorecard.json'))).toEqual(sampleScorecard);
    expect(readScorecard(folder)).toEqual(sampleScorecard);
  });

  it('reads what a lab wrote that did not say which modes there are', () => {
    const { modes: _, ...old } = sampleScorecard;
    expect(readScorecard(written(old))).toEqual(old);
    expect(modeOrder(readScorecard(written(old)))).toEqual(sampleScorecard.settings.modes);
    expect(readScorecard(join(repositoryRoot, 'docs/report')).sections).not.toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'is not JSON'],
    ['something else', { a: 1 }, 'is not a scorecard'],
    ['nothing', 'null', 'is not a scorecard'],
    ['of another version', { ...sampleScorecard, schemaVersion: 1 }, 'version 1, and this lab reads version 2'],
    ['incomplete', { ...sampleScorecard, startedAt: 'now', settings: { ...sampleScorecard.settings, seed: 'x' } }, 'settings.seed: '], // prettier-ignore
  ])('says what to do about a file that is %s', (_, value, reported) => {
    expect(() => readScorecard(written(value))).toThrow(UnreadableScorecard);
    expect(() => readScorecard(written(value))).toThrow(reported);
    expect(() => readScorecard(written(value))).toThrow(/Run it again|npm run lab -- run/);
  });

  it('says that there is no such file', () => {
    expect(() => readScorecard(join(folder, 'nowhere'))).toThrow(/There is no file .*nowhere.*npm run lab -- run/);
  });
});
