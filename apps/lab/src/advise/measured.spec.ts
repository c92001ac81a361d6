import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { advisingScorecard, advisingWithFigures } from '../../test/sample-figures.js';
import { readScorecard } from '../report/read-scorecard.js';
import { repositoryRoot } from '../repository.js';
import { measuredIn } from './measured.js';

describe('what an advice is made from', () => {
  it('is read from the experiments, each number with its place', () => {
    const { sticky, shared } = measuredIn(advisingScorecard).modes;
    expect(sticky?.cpuUs).toEqual({ value: 400, from: 'advise.cpu (400\u00a0µs)' });
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
    expect(Object.keys(modes)).toEqual(['stateless', 'sticky', 'handoff']);
  });

  it('tells by how much forecasts were off, in the mode where they were so most, but not in one that loses sessions', () => {
    expect(measuredIn(advisingWithFigures('advise', 'handoff', { cpuOff: 27 })).error.cpu).toBeCloseTo(0.27);
    expect(measuredIn(advisingWithFigures('advise', 'shared', { wireOff: 9 })).error.traffic).toBeCloseTo(0.09);
    expect(measuredIn(advisingWithFigures('advise', 'shared', { chance: 12 })).error.traffic).toBeCloseTo(0.12);
    expect(measuredIn(advisingWithFigures('memory', 'sticky', { at0: 80e6 })).error.memory).toBeCloseTo(0.25);
    const unpinned = measuredIn(advisingWithFigures('advise', 'unpinned', { cpuOff: 94, perAct: null }));
    expect(unpinned.error.cpu).toBeCloseTo(0.2);
    expect(unpinned.leftOut).toEqual(['unpinned']);
  });

  it.each(['docs/report', 'docs/report/kubernetes'])('is in the report that we publish: %s', (folder) => {
    const { modes, error } = measuredIn(readScorecard(join(repositoryRoot, folder)));
    expect(Object.keys(modes)).toEqual(['stateless', 'sticky', 'handoff', 'shared']);
    for (const share of Object.values(error)) expect(share).toBeLessThan(0.5);
  });
});
