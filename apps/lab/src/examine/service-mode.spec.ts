import { describe, expect, it } from '@jest/globals';
import type { Section } from '../report/scorecard.js';
import { paragraphOf } from './paragraph.js';
import { modeOf } from './service-mode.js';

type GivenFigures = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** Sections with these figures alone. */
const sectionsOf = (found: GivenFigures, column = 'service'): Section[] =>
  Object.entries(found).map(([name, figures]) => ({
    name,
    claims: [],
    kinds: {},
    plots: [],
    how: '',
    rounds: 1,
    seconds: 1,
    notes: [],
    losses: [],
    figures: {
      [column]: Object.fromEntries(
        Object.entries(figures).map(([key, value]) => [key, { value, low: null, high: null, samples: [value] }]),
      ),
    },
  }));

const inProcess = { inProcess: 3, inClient: 0, inShared: 0, otherLost: 3, freshLost: 3, needing: 3 };
const outside = { inProcess: 0, inClient: 0, inShared: 2, otherLost: 0, freshLost: 0, needing: 2 };
const id = { carried: 40, content: 0 };
const loses = (kill: number, stop: number) => ({ calmKept: 100, killKept: kill, stopKept: stop });

describe('the mode of a service', () => {
  it.each<[string, GivenFigures, string | undefined]>([
    ['memory in the process', { memory: inProcess }, 'sticky'],
    ['that, with clients who are led back', { memory: inProcess, affinity: { held: 100 } }, 'sticky'],
    ['that, with clients who are not', { memory: inProcess, affinity: { held: 48 } }, 'unpinned'],
    ['that, lost by a stop, too', { memory: inProcess, losses: loses(50, 50) }, 'sticky'],
    ['that, lost by a crash alone', { memory: inProcess, losses: loses(50, 100) }, 'handoff'],
    ['that, kept by a stop, where no crash can be made', { memory: inProcess, losses: { stopKept: 100 } }, 'handoff'],
    ['an id of what a store holds', { memory: outside, 'client-carries': id }, 'shared'],
    ['a token with content', { memory: outside, 'client-carries': { carried: 400, content: 1 } }, 'stateless'],
    ['nothing that is carried', { memory: outside, 'client-carries': { carried: 0, content: 0 } }, 'stateless'],
    ['no request that needs another', { memory: { ...outside, needing: 0 }, 'client-carries': id }, 'stateless'],
    ['one address alone', { 'client-carries': id }, undefined],
    ['replicas that were not tried', { memory: { ...outside, otherLost: null, freshLost: null } }, undefined],
  ])('by %s', (_, found, mode) => {
    expect(modeOf(sectionsOf(found))).toBe(mode);
  });

  it('goes by what a pinned client loses where the front door is the lab’s own', () => {
    const sections = [...sectionsOf({ memory: inProcess }), ...sectionsOf({ losses: loses(50, 100) }, 'pinned')];
    expect(modeOf(sections)).toBe('handoff');
  });
});

describe('the paragraph', () => {
  const told = (found: GivenFigures) => {
    const sections = sectionsOf(found);
    return paragraphOf({ requests: 5, mode: modeOf(sections) }, sections);
  };

  it('tells what a service is, what it loses when, and what to change first', () => {
    const found = { memory: inProcess, 'client-carries': id, losses: { ...loses(50, 42), outKept: 100 } };
    expect(told(found)).toBe(
      'The journey has 5 requests, and 3 need an earlier one. What they go by is remembered in the replica that answered, its ' +
        'process or a folder of its own (3 requests). A client carries 40 bytes with each request. Of the sessions that are open ' +
        'it loses 50 % by a crash and 58 % by a stop in order; none by a scale-out. Of the five modes it is ' +
        'in sticky if your front door leads clients back, and unpinned if it does not: sessions lie in one replica, ' +
        'and clients must come back to it. Change first: move sessions to a shared store, or have a replica that stops hand ' +
        'them over if a crash may lose some (what lies in a folder outlives its process on a volume); until then keep replicas up, and scale in slowly.',
    );
  });

  it('counts what needs an earlier request as the drawing of the journey beside it does', () => {
    expect(told({ memory: inProcess, dependencies: { dependent: 4 } })).toMatch(
      /^The journey has 5 requests, and 4 need/,
    );
  });

  it('tells of memory in the process that outlives a restart', () => {
    expect(told({ memory: { ...inProcess, freshLost: 0 } })).toMatch(
      /in the replica that answered, its process or a folder of its own \(3 requests\), which knows it again when it is started anew\./,
    );
  });

  it('has the reason looked for, before anything else is changed, where sessions are lost with nothing done', () => {
    const anyway = told({ memory: outside, 'client-carries': id, losses: { ...loses(60, 50), calmKept: 75 } });
    expect(anyway).toMatch(/with nothing done 25 % of the sessions are lost, too.* Find out first why/);
    expect(anyway).not.toContain('Nothing must change');
  });

  it('has what may be another user’s data looked at before all else, and still tells what to change', () => {
    const found = { memory: inProcess, 'client-carries': id, personalisation: { othersShown: 1 } };
    expect(told(found)).toMatch(
      /in sticky.* Look first: a reply shows what only another user’s replies had shown.* Change first: move sessions/,
    );
  });

  it('tells no loss by what was done where as much may be lost with nothing done', () => {
    const found = { memory: inProcess, losses: { calmKept: 42, killKept: 42, stopKept: 42, outKept: 100 } };
    expect(told(found)).toMatch(
      /What it loses else cannot be told: with nothing done 58 % of the sessions are lost, too.* It loses no session by a scale-out\./,
    );
    expect(told(found)).not.toContain('by a crash');
  });

  it('has a change to make for each thing that is amiss, also where no mode is told', () => {
    expect(told({ 'client-carries': id, 'sign-out': { served: 2 } })).toMatch(
      /Change: end what a client carried when it signs out, at every replica, for it still opens what it opened\.$/,
    );
  });

  it('tells what else is amiss after what loses sessions', () => {
    const found = { memory: inProcess, again: { actedTwice: 1 }, 'sign-out': { served: 2 } };
    expect(told(found)).toMatch(
      /Change first: move sessions.* Beside that: end what a client carried.*; have the client make up a key/,
    );
  });

  it('says what it takes where replicas are not known', () => {
    expect(told({ 'client-carries': id, dependencies: { dependent: 0 }, memory: {} })).toBe(
      'The journey has 5 requests, and none needs an earlier one. A client carries 40 bytes with each request. Which of ' +
        'the five modes it is in, cannot be told here: that takes two replicas that can be asked one by one.',
    );
  });
});
