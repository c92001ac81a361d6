import { describe, expect, it } from '@jest/globals';
import { modeNames } from '../../bank/modes.js';
import { lookOf, looksOf, symbols } from './looks.js';

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

  it('keep the colour of their mode where series are of one, such as its pods, and differ in the rest', () => {
    const pods = Array.from({ length: 8 }, () => ({ mode: 'sticky', style: 'line' }) as const);
    const looks = looksOf(pods, modeNames);
    expect(new Set(looks.map(({ colour }) => colour))).toEqual(new Set([lookOf('sticky', modeNames).colour]));
    expect(new Set(looks.map(({ dash, symbol }) => `${dash} ${symbols.indexOf(symbol)}`)).size).toBe(pods.length);
  });

  it('have no mode’s colour where they are of none', () => {
    const colours = looksOf([{ style: 'line' }, { style: 'line' }], modeNames).map(({ colour }) => colour);
    expect(modeNames.map((mode) => lookOf(mode, modeNames).colour)).not.toEqual(expect.arrayContaining(colours));
    expect(new Set(colours).size).toBe(1);
  });
});
