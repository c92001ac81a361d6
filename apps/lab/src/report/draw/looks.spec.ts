import { describe, expect, it } from '@jest/globals';
import { modeNames } from '../../bank/modes.js';
import { lookAt, lookOf, looksOf } from './looks.js';

describe('looks', () => {
  it('tell every mode by its colour, its dash and its marker', () => {
    const looks = modeNames.map((mode) => lookOf(mode, modeNames));
    for (const part of ['colour', 'dash', 'symbol'] as const) {
      expect(new Set(looks.map((look) => look[part])).size).toBe(modeNames.length);
    }
  });

  it('are those of the modes where each has one series', () => {
    expect(
      looksOf(
        [{ style: 'ideal' }, { mode: 'shared', style: 'points' }, { mode: 'shared', style: 'fit' }],
        modeNames,
      ).slice(1),
    ).toEqual([lookOf('shared', modeNames), lookOf('shared', modeNames)]);
  });

  it('go by their order where series are of one mode, such as its pods', () => {
    const pods = [0, 1].map(() => ({ mode: 'sticky', style: 'line' }) as const);
    expect(looksOf(pods, modeNames)).toEqual([lookAt(0), lookAt(1)]);
  });

  it('come again with another dash', () => {
    expect(lookAt(6).colour).toBe(lookAt(0).colour);
    expect(lookAt(6).dash).not.toBe(lookAt(0).dash);
  });
});
