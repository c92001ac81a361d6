import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { listing } from './list.js';
import { experimentName, modeList, rate, wholeNumber } from './options.js';
import { workloadsFor } from './run.js';

describe('options', () => {
  it('take modes in the order of the design, each once', () => {
    expect(modeList('shared, stateless,shared')).toEqual(['stateless', 'shared']);
  });

  it('name the modes that there are when one is unknown', () => {
    expect(() => modeList('stateless,sticki')).toThrow(/"sticki".*sticky/);
  });

  it('name the experiments that there are when one is unknown', () => {
    expect(() => experimentName('amnesa')).toThrow(/"amnesa".*amnesia/);
  });

  it('run an experiment once however often it is named', () => {
    expect(experimentName('wizard', experimentName('wizard'))).toHaveLength(1);
  });

  it.each(['-1', '2.5', '1e3', '', 'x', '99999'])(
    'refuse %j as a whole number up to 100, and say what fits',
    (text) => {
      expect(() => wholeNumber(1, 100)(text)).toThrow(InvalidArgumentError);
      expect(() => wholeNumber(1, 100)(text)).toThrow('from 1 to 100');
    },
  );

  it.each(['0', '-2', 'x', '101'])('refuse %j as a rate', (text) => {
    expect(() => rate(100)(text)).toThrow(InvalidArgumentError);
  });
});

describe('workloadsFor', () => {
  it('has account pods even where stateless is not compared, for the audit', () => {
    expect(workloadsFor(['shared'])).toEqual({ auth: 1, account: 2, 'session-shared': 2 });
  });
});

describe('listing', () => {
  it('tells each experiment with its claims, and each mode', () => {
    const text = listing().join('\n');
    expect(listing().filter((line) => line.length > 80)).toEqual([]);
    for (const word of ['amnesia', 'claim 9', 'wizard', 'claim 8', 'handoff', '/unpinned/session']) {
      expect(text).toContain(word);
    }
  });
});
