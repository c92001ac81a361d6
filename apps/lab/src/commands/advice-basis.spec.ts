import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { examinedShop } from '../../test/sample-examination.js';
import { advisingScorecard } from '../../test/sample-figures.js';
import type { Scorecard } from '../report/scorecard.js';
import { adviceBasis } from './advice-basis.js';

const folder = mkdtempSync(join(tmpdir(), 'advice-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, scorecard: Scorecard): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(scorecard));
  return file;
}

const asked = { users: 1_000, thinkSeconds: 10, writesPercent: 10, lossTolerance: 'any' } as const;
const bank = written('bank', advisingScorecard);
const shop = written('shop', examinedShop());
const shared = written('shared', examinedShop({}, 'shared'));

describe('what an advice goes by', () => {
  it('is a report of the bank, with the bytes of a session that were given', () => {
    const { workload, own } = adviceBasis({ ...asked, report: bank, sessionBytes: 700 });
    expect([workload.sessionBytes, own]).toEqual([700, undefined]);
    expect(() => adviceBasis({ ...asked, report: bank })).toThrow('--session-bytes is missing');
  });

  it('is an examination, with the bytes of a session that it found, or that were given', () => {
    const found = adviceBasis({ ...asked, report: shop, bankReport: bank });
    expect(found).toMatchObject({ workload: { sessionBytes: 12_000 }, own: { isSessionGiven: false } });
    expect(found.measured.modes.sticky?.cpuUs.value).toBe(2_000);
    const given = adviceBasis({ ...asked, report: shop, bankReport: bank, sessionBytes: 700 });
    expect(given).toMatchObject({ workload: { sessionBytes: 700 }, own: { isSessionGiven: true } });
  });

  it('compares modes by our report of the same platform where none is given', () => {
    expect(adviceBasis({ ...asked, report: shop }).source).toContain('the bank’s: docs/report, ');
    const { settings, ...rest } = examinedShop();
    const onCluster = written('cluster', { ...rest, settings: { ...settings, platform: 'kubernetes' } });
    expect(adviceBasis({ ...asked, report: onCluster }).source).toContain('the bank’s: docs/report/kubernetes, ');
  });

  it('asks for the bytes of a session where the examination does not tell them, or too many', () => {
    expect(() => adviceBasis({ ...asked, report: shared })).toThrow(/it lies in a store.*Give --session-bytes/);
    const huge = written('huge', examinedShop({ 'session-cost': { slope: 2 ** 21 } }));
    expect(() => adviceBasis({ ...asked, report: huge })).toThrow(/came out as 2097152 bytes.*Give --session-bytes/);
  });

  it('says which report goes where', () => {
    expect(() => adviceBasis({ ...asked, report: bank, bankReport: bank, sessionBytes: 1 })).toThrow(
      'goes with an examination',
    );
    expect(() => adviceBasis({ ...asked, report: shop, bankReport: shared })).toThrow(
      'Give an examination by --report',
    );
  });
});
