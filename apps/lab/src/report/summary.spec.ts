import { describe, expect, it } from '@jest/globals';
import { sampleScorecard, sampleSection } from '../../test/sample-scorecard.js';
import type { Section } from './scorecard.js';
import { decidingFigures, faultsIn, judgedClaims, runLine, sayVerdict, tally } from './summary.js';

const [claim] = sampleSection.claims;
const earlier: Section = { ...sampleSection, name: 'wizard', claims: [{ ...claim!, number: 2 }, { ...claim!, number: 8 }] }; // prettier-ignore
const sections = [sampleSection, earlier];

describe('the summary', () => {
  it('has the claims in the order of the lesson, whichever experiment ran first', () => {
    expect(judgedClaims({ sections }).map(({ claim: { number } }) => number)).toEqual([2, 4, 8]);
  });

  it('counts the rulings', () => {
    expect(tally({ sections })).toBe('3 claims put to the test. Holds: 3. Does not hold: 0. Cannot tell here: 0.');
    const again = { ...earlier, name: 'scale-in', claims: [{ ...claim!, number: 8 }] };
    expect(tally({ sections: [...sections, again] })).toMatch(/^3 claims put to the test, by 4 verdicts. Holds: 4./);
    expect(tally({ sections: [{ ...sampleSection, claims: [] }] })).toBe('No claim was judged.');
  });

  it('says what a verdict stands on where nothing says how sure it is', () => {
    const { agreement, ...once } = claim!.verdict;
    expect(agreement).toBe(0.987);
    expect(sayVerdict(once, 1, { quick: true })).toEqual({ ruling: 'holds, by one quick round', onlyBy: 'by one quick round', how: '' }); // prettier-ignore
    expect(sayVerdict(once, 1, { quick: false }).ruling).toBe('holds, by one round');
    expect(sayVerdict(claim!.verdict, 5, { quick: false })).toEqual({ ruling: 'holds', onlyBy: '', how: '5 rounds, 98 % of resamples' }); // prettier-ignore
    const open = { ...once, ruling: 'cannot tell here' } as const;
    expect(sayVerdict(open, 1, { quick: true })).toEqual({ ruling: 'cannot tell here', onlyBy: '', how: 'one round' });
    const quick = [
      {
        ...sampleSection,
        rounds: 1,
        claims: [
          { ...claim!, verdict: once },
          { ...claim!, verdict: open },
        ],
      },
    ];
    expect(tally({ sections: quick })).toMatch(
      /Holds: 1\..* 1 of these by one round, which does not say how sure that is\.$/,
    );
  });

  it('shows by which figures a claim was decided, and none that was not measured', () => {
    const kinds = {
      a: { label: 'a', unit: 'ms', over: 'median' },
      b: { label: 'b', unit: 'ms', over: 'median' },
    } as const;
    const none = { value: null, low: null, high: null, samples: [null] };
    const seen = { ...none, value: 1, samples: [1] };
    const section = (a: typeof none | typeof seen, b: typeof none | typeof seen): Section => ({
      ...sampleSection,
      kinds,
      figures: { stateless: { a, b } },
    });
    expect(decidingFigures(section(none, seen), { decidedBy: ['a', 'b', 'c'] })).toEqual(['b']);
    expect(decidingFigures(section(none, none), { decidedBy: ['a', 'b', 'c'] })).toEqual(['a', 'b']);
  });

  it('names what is amiss, and in which experiment', () => {
    const breached = { ...earlier, audit: { clean: false, accounts: 1, transfers: 1, breach: 'M1' } };
    expect(faultsIn({ sections: [sampleSection, breached] })).toEqual([['wizard', expect.stringContaining('M1')]]);
    expect(faultsIn({ sections })).toEqual([]);
  });

  it('names all that is amiss in an experiment', () => {
    const loss = { mode: 'handoff', cause: 'unexplained', sessions: 2, requests: 0, example: 'a session' } as const;
    const audit = { clean: false, accounts: 1, transfers: 1, breach: 'M1' };
    const [[, what] = []] = faultsIn({ sections: [{ ...earlier, audit, losses: [loss] }] });
    expect(what).toMatch(/^handoff: 2 sessions lost, unexplained .*M1/);
  });

  it('says what ran, where and when', () => {
    expect(runLine(sampleScorecard)).toBe('Tellers 0.1.0 on one machine, 2026-11-24 10:00 UTC, 5 rounds, seed 1.');
    const settings = { ...sampleScorecard.settings, platform: 'kubernetes', rounds: 1, quick: true };
    expect(runLine({ ...sampleScorecard, settings })).toContain('on Kubernetes, 2026-11-24 10:00 UTC, one quick round');
  });
});
