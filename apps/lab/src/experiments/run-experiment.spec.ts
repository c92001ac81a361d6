import { describe, expect, it } from '@jest/globals';
import { CustomerPool } from '../bank/pool.js';
import type { Platform } from '../platform/platform.js';
import { isSound } from '../report/scorecard.js';
import type { Experiment } from './experiment.js';
import { runExperiment } from './run-experiment.js';
import { holds } from '../statistics/verdict.js';
import type { AuditReport } from '../bank/audit.js';

const clean: AuditReport = { clean: true, accounts: 1, transfers: 0, breach: null };
const platform = (audit: AuditReport): Platform =>
  ({
    settled: async () => undefined,
    pods: async () => [],
    watch: () => () => undefined,
    ask: async () => JSON.stringify(audit),
    baseUrl: 'http://127.0.0.1',
  }) as Partial<Platform> as Platform;

const experiment: Experiment = {
  name: 'trial',
  summary: '',
  claims: [{ number: 1, sentence: 'One.', decidedBy: ['ms'], rule: ({ sticky }) => holds(`sticky ${sticky?.['ms']}`) }],
  kinds: { ms: { label: 'time', unit: 'ms', over: 'median' } },
  how: '',
  expectedSeconds: () => 0,
  measure: async ({ note }) => {
    note('mind this');
    return { ms: 5 };
  },
};
const run = (one: Experiment, audit: AuditReport) =>
  runExperiment(one, {
    platform: platform(audit),
    pool: new CustomerPool('http://127.0.0.1'),
    modes: ['sticky'],
    seconds: 1,
    seed: 1,
    rounds: 1,
    sessions: 2_000,
    quick: true,
    progress: () => undefined,
  });

describe('runExperiment', () => {
  it('judges each claim by the figures, and ends with the audit', async () => {
    const section = await run(experiment, clean);
    expect(section.claims[0]?.verdict).toEqual(holds('sticky 5'));
    expect(section).toMatchObject({ audit: clean, notes: ['mind this'], statements: { faults: [] }, fault: undefined });
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('tells a fault instead of a verdict', async () => {
    const failing = { ...experiment, measure: () => Promise.reject(new Error('No pod is ready.')) };
    const section = await run(failing, clean);
    expect(section).toMatchObject({ fault: 'No pod is ready.', claims: [] });
    expect(isSound({ sections: [section] })).toBe(false);
  });

  it('is not sound when the audit is not clean', async () => {
    expect(isSound({ sections: [await run(experiment, { ...clean, clean: false, breach: 'M1' })] })).toBe(false);
  });
});
