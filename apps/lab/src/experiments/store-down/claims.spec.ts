import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type StoreDownKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<StoreDownKey>;
const well = { ...none, pauseLongest: 820, restartLongest: 300, fillLongest: 40, pauseAfter: 500 };
const untouched = {
  ...none,
  pauseLongest: null,
  restartLongest: null,
  fillLongest: null,
  pauseLooks: null,
};

describe('the rule of claim 13', () => {
  const rule = ruleOf(claims, 13);

  it('holds when every mode answers in time and forgets nobody', () => {
    expect(rule({ stateless: well, sticky: well })).toEqual({
      ruling: 'holds',
      because: 'store paused, restarted, full: nobody waited longer than 820 ms, and no session was lost.',
    });
  });

  it.each([
    ['somebody waited too long', { restartLongest: 1_900 }],
    ['requests failed on for long', { fillAfter: 4_000 }],
    ['requests failed on as long as it was watched', { pauseAfter: null }],
    ['a session was lost', { lost: 1 }],
    ['one was misrouted', { misrouted: 1 }],
  ])('does not hold when %s', (_, change) => {
    expect(rule({ stateless: well, shared: { ...well, ...change } }).ruling).toBe('does not hold');
  });

  it('does not count what is misrouted where nothing leads back', () => {
    expect(rule({ unpinned: { ...well, misrouted: 40 } }).ruling).toBe('holds');
    expect(rule({ unpinned: { ...well, lost: 1 } }).ruling).toBe('does not hold');
  });

  it('goes by the faults that there were', () => {
    const paused = { ...untouched, pauseLongest: 810, restartAfter: null, fillAfter: null };
    expect(rule({ sticky: paused }).ruling).toBe('holds');
  });

  it('cannot tell when the store could not be touched', () => {
    expect(rule({ sticky: untouched }).ruling).toBe('cannot tell here');
    expect(rule({}).ruling).toBe('cannot tell here');
  });
});

describe('the rule of claim 14', () => {
  const rule = ruleOf(claims, 14);
  const looks = (pauseLooks: number | null) => ({ ...well, pauseLooks });

  it('holds when looks in memory fail at most half as often', () => {
    expect(rule({ sticky: looks(30), stateless: looks(90), shared: looks(100) }).ruling).toBe('holds');
  });

  it('does not hold when they fail as often', () => {
    expect(rule({ sticky: looks(90), stateless: looks(90) }).ruling).toBe('does not hold');
  });

  it('cannot tell between, without both, or when nothing failed anywhere', () => {
    expect(rule({ sticky: looks(60), stateless: looks(90) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: looks(90) }).ruling).toBe('cannot tell here');
    expect(rule({ sticky: looks(0), shared: looks(0) }).ruling).toBe('cannot tell here');
    expect(rule({ sticky: looks(null), shared: looks(90) }).ruling).toBe('cannot tell here');
  });
});
