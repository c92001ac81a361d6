import { describe, expect, it } from '@jest/globals';
import { byNow, costInWords, doneInWords, forecastOf, outcomeOf } from '../page/outcome.js';
import type { Done } from '../protocol/actions.js';

const killed = (parts: Partial<Done> = {}): Done => ({
  id: 'a',
  did: 'session-sticky-0 was killed',
  tookMs: 1,
  watchedMs: 4_100,
  lost: { sticky: { 'owner-died': 2 } },
  failed: {},
  awaited: 0,
  isCounted: true,
  ...parts,
});

describe('what is about to be lost', () => {
  it.each([
    ['of customers', { atRisk: 18, customers: 18, own: 0 }, '18 sessions live only there now and would be lost.'],
    ['of one', { atRisk: 1, customers: 1, own: 0 }, '1 session lives only there now and would be lost.'],
    [
      'of customers and you, who are counted apart',
      { atRisk: 18, customers: 17, own: 1 },
      '18 sessions live only there now and would be lost: 17 of customers, and yours.',
    ],
    ['of you alone', { atRisk: 1, customers: 0, own: 1 }, '1 session lives only there now and would be lost: yours.'],
    [
      'of whoever has no name here',
      { atRisk: 5, customers: 0, own: 1 },
      '5 sessions live only there now and would be lost, yours among them.',
    ],
  ])('is said %s', (_, risk, sentence) => expect(forecastOf(risk)).toContain(sentence));
});

describe('what was lost', () => {
  it('is said with its cause, when all have found out', () => {
    expect(outcomeOf(killed({ failed: { sticky: 1 } }))).toBe(
      'session-sticky-0 was killed. Lost in the end: 2 sessions in sticky (its pod died). 1 request failed in sticky.',
    );
  });

  it('is said to be what it is by now while customers have not come back', () => {
    const counting = { awaited: 16, isCounted: false };
    expect(costInWords(killed(counting))).toBe(
      'Lost by now: 2 sessions in sticky (its pod died); 16 customers not back yet.',
    );
    expect(costInWords(killed({ ...counting, lost: {} }))).toBe('Lost by now: none; 16 customers not back yet.');
    // Nobody is waited for, but more may come.
    expect(costInWords(killed({ isCounted: false }))).toMatch(/^Lost by now: 2 sessions/);
    expect(costInWords(killed({ awaited: 1 }))).toMatch(/^Lost by now: 2 .*; 1 customer not back yet\.$/);
  });

  it('is said of all the time that it took, when it is nothing', () => {
    const scaled = killed({ did: 'It was scaled.', tookMs: 21_000, watchedMs: 4_000, lost: {}, failed: { sticky: 0 } });
    expect(outcomeOf(scaled)).toBe('It was scaled. No customer lost a session within 25 s.');
  });

  it('is said at once of your own session, which no customer tells of', () => {
    const sentence = 'session-sticky-0 was killed. Yours was in it: go on, and see.';
    expect(doneInWords(killed({ isCounted: false }), 1)).toBe(sentence);
    expect(outcomeOf(killed(), 1)).toMatch(new RegExp(`^${sentence} Lost in the end`));
  });

  it('is the same count everywhere: where more are to come, that is said beside it', () => {
    expect([byNow(0), byNow(1), byNow(2)]).toEqual([
      '',
      ' by now (1 customer not back yet)',
      ' by now (2 customers not back yet)',
    ]);
  });
});
