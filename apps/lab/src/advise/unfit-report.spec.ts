import { describe, expect, it } from '@jest/globals';
import { advisingScorecard, advisingWith, advisingWithFigures, forecasts } from '../../test/sample-figures.js';
import { fellBehind } from '../load/fell-behind.js';
import { measuredIn } from './measured.js';

const { settings } = advisingScorecard;

describe('a report that carries no advice', () => {
  it('is of a quick run', () => {
    expect(() => measuredIn({ ...advisingScorecard, settings: { ...settings, quick: true } })).toThrow(/quick run/);
  });

  it('says that its own forecasts did not come true', () => {
    const failed = advisingWith('advise', { claims: [forecasts('does not hold')] });
    expect(() => measuredIn(failed)).toThrow(/claim 11 does not hold\): CPU was off/);
    expect(measuredIn(advisingWith('advise', { claims: [forecasts('cannot tell here')] })).trial.verdict?.ruling).toBe(
      'cannot tell here',
    );
  });

  it('is of a lab that fell behind, so that its forecasts are void, and says so', () => {
    const note = `${fellBehind}, and all is void.`;
    const { sections } = advisingWithFigures('advise', 'sticky', { cpuOff: null });
    const behind = sections.map((one) => (one.name === 'advise' ? { ...one, notes: [note] } : one));
    expect(() => measuredIn({ ...advisingScorecard, sections: behind })).toThrow(
      /no figure advise\.cpuOff of sticky\. The lab itself/,
    );
  });

  it('is not to be trusted, as where money was lost', () => {
    const audit = { clean: false, accounts: 1, transfers: 1, breach: 'a cent is gone' };
    expect(() => measuredIn(advisingWith('amnesia', { audit }))).toThrow(
      /not to be trusted: amnesia: .*a cent is gone/,
    );
  });

  it('lacks an experiment, or one did not end, and it is said what to run, on which platform', () => {
    const sections = advisingScorecard.sections.filter(({ name }) => name !== 'memory');
    expect(() => measuredIn({ ...advisingScorecard, sections })).toThrow(
      /no memory\.\n.*\n {2}npm run lab -- run .*memory/,
    );
    const broken = advisingScorecard.sections.map((section) => ({ ...section, fault: 'a pod was gone' }));
    const onCluster = { ...settings, platform: 'kubernetes' };
    expect(() => measuredIn({ ...advisingScorecard, settings: onCluster, sections: broken })).toThrow(
      /redundancy, memory[^]*--platform kubernetes/,
    );
  });

  it.each([
    ['advise', { cpuOff: 100 }],
    ['memory', { at0: 0 }],
  ])('was off by all that it predicted in %s', (name, row) => {
    expect(() => measuredIn(advisingWithFigures(name, 'sticky', row))).toThrow(/off by all that they predicted/);
  });

  it('measured only what is never advised', () => {
    const sections = advisingScorecard.sections.map((one) => ({
      ...one,
      figures: { unpinned: one.figures['unpinned']! },
    }));
    expect(() => measuredIn({ ...advisingScorecard, sections })).toThrow(/no mode that could be advised/);
  });
});
