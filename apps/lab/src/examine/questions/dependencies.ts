import { places } from '../journey/journey-parts.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import type { Plot } from '../../report/plot.js';
import { findDependencies, nearest, type Dependency } from './find-dependencies.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { homeOf } from './walks.js';

const maxWalks = 60;

const kinds = {
  requests: { label: 'requests of the journey', unit: 'count', over: 'median' },
  dependent: { label: 'need an earlier request', unit: 'count', over: 'median' },
  needed: { label: 'are needed by a later one', unit: 'count', over: 'median' },
  longest: { label: 'longest chain of requests', unit: 'count', over: 'median' },
  walks: { label: 'walks that left some out', unit: 'count', over: 'median' },
} as const;

type DependencyKey = keyof typeof kinds;

/** Which request depends on which earlier one. */
export const dependencies = serviceQuestion<DependencyKey>(
  {
    name: 'dependencies',
    summary: 'which request gives another reply without which earlier one?',
    columns: [service],
    cannotHere: ({ journey }) => (journey.requests.length < 2 ? 'the journey has one request alone.' : undefined),
    maxRounds: 2,
    kinds,
    how:
      'New clients walk the journey at one replica and leave earlier requests out: a part of them first, and, where a later ' +
      `reply changes, half of that part, down to each alone; with at most ${maxWalks} walks a round. A later request needs ` +
      'the one that was left out if its reply is not what it is at rest; one that a new ' +
      'client sends alone, too. Drawn and told are the nearest ones: what needs a request that needs another is not said to need both.',
    claims: [
      {
        number: 2,
        sentence: 'Each request stands for itself: it gives the same reply without those before it.',
        decidedBy: ['dependent', 'longest'],
        rule,
      },
    ],
  },
  measure,
);

/** Holds if no request needs an earlier one. */
function rule({ service: figures }: FiguresBy<'service', DependencyKey>): Verdict {
  if (figures?.dependent == null) return cannotTell('nothing was left out.');
  const { requests, dependent, longest } = figures;
  if (dependent === 0) return holds(`none of ${requests} requests needs an earlier one.`);
  return fails(`${dependent} of ${requests} requests need an earlier one; the longest chain has ${longest}.`);
}

async function measure(examination: Examination, round: QuestionRound): Promise<FiguresBy<'service', DependencyKey>> {
  const { requests } = examination.journey;
  const atRest = await examination.atRest(0);
  const home = await homeOf(examination);
  const leaveOut = async (left: readonly number[]): Promise<Map<number, string>> => {
    const only = places(0, requests.length).filter((index) => !left.includes(index));
    const { steps } = await examination.walker.walk({ to: () => home, only, user: 0 });
    const changes = steps.map((step) => [step.index, atRest.changeIn(step)] as const);
    return new Map(changes.flatMap(([index, why]) => (why === undefined ? [] : [[index, why]])));
  };
  const { found, walks, untold } = await findDependencies(requests.length, leaveOut, maxWalks);
  const near = nearest(found);
  const name = (index: number): string => requests[index]?.name ?? `${index + 1}`;
  for (const index of new Set(near.map(({ later }) => later))) {
    const needs = near.filter(({ later }) => later === index);
    const said = needs.map(({ earlier, why }) => `${name(earlier)} (else: ${why})`).join(', ');
    round.note(`${name(index)} needs ${said}.`);
  }
  if (untold.length > 0) round.note(`Not told apart in ${maxWalks} walks: ${untold.map(name).join(', ')}.`);
  if (near.length > 0) round.draw(drawn(near, name));
  return {
    service: {
      requests: requests.length,
      // One that needs either of two is found by neither, and was seen by itself.
      dependent: places(0, requests.length).filter(
        (index) => atRest.needsEarlier(index) || found.some(({ later }) => later === index),
      ).length,
      needed: new Set(found.map(({ earlier }) => earlier)).size,
      longest: longestChain(near),
      walks,
    },
  };
}

/** Of requests that each need the one before; 1 where none needs another. */
function longestChain(near: readonly Dependency[]): number {
  const lengthTo = (index: number): number =>
    1 + Math.max(0, ...near.filter(({ later }) => later === index).map(({ earlier }) => lengthTo(earlier)));
  return Math.max(1, ...near.map(({ later }) => lengthTo(later)));
}

function drawn(near: readonly Dependency[], name: (index: number) => string): Plot {
  const pairs = near.map(({ earlier, later }) => `${name(later)} needs ${name(earlier)}`);
  return {
    title: 'What needs what',
    about: `A point for each request that needs an earlier one, by their places in the journey: ${pairs.join('; ')}.`,
    x: { label: 'earlier request', unit: 'count', scale: 'linear' },
    y: { label: 'request that needs it', unit: 'count', scale: 'linear' },
    series: [
      { name: 'needs', style: 'points', points: near.map(({ earlier, later }) => [earlier + 1, later + 1] as const) },
    ],
  };
}
