import { describe, expect, it } from '@jest/globals';
import { advisingScorecard } from '../../test/sample-figures.js';
import { measuredIn } from './measured.js';

describe('what an advice is made from', () => {
  it('is read from the experiments, each number with its place', () => {
    const { sticky, shared } = measuredIn(advisingScorecard).modes;
    expect(sticky?.cpuUs).toEqual({ value: 400, from: 'advise.cpu (400)' });
    expect(sticky?.lostInCrash).toEqual({ value: 1, from: 'amnesia.livedLost (50) / lived (50)' });
    expect(shared?.sessionBytes.value).toBe(0);
  });

  it('takes no kill on a cluster, which leaves time to hand over, for a crash', () => {
    const settings = { ...advisingScorecard.settings, platform: 'kubernetes' };
    const gentle = advisingScorecard.sections.map((section) =>
      section.name === 'amnesia'
        ? { ...section, figures: { ...section.figures, handoff: section.figures.stateless! } }
        : section,
    );
    const { handoff, shared } = measuredIn({ ...advisingScorecard, settings, sections: gentle }).modes;
    expect(handoff?.lostInCrash.value).toBe(1);
    expect(shared?.lostInCrash.value).toBe(0);
  });

  it('leaves out a mode that one of them did not measure', () => {
    const sections = advisingScorecard.sections.map((section) =>
      section.name === 'memory' ? { ...section, figures: { ...section.figures, shared: undefined } } : section,
    );
    const { modes } = measuredIn({ ...advisingScorecard, sections } as typeof advisingScorecard);
    expect(Object.keys(modes)).toEqual(['stateless', 'sticky', 'unpinned', 'handoff']);
  });

  it('is refused when an experiment is not there or did not end, and it is said which to run', () => {
    const sections = advisingScorecard.sections.filter(({ name }) => name !== 'memory');
    expect(() => measuredIn({ ...advisingScorecard, sections })).toThrow(/no memory\. .*lab -- run .*memory/);
    const broken = advisingScorecard.sections.map((section) => ({ ...section, fault: 'a pod was gone' }));
    expect(() => measuredIn({ ...advisingScorecard, sections: broken })).toThrow(/redundancy, memory/);
  });
});
