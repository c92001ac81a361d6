import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export const kinds = {
  tried: { label: 'transfers begun', unit: 'count', over: 'total' },
  completed: { label: 'transfers made', unit: 'count', over: 'total' },
  requests: { label: 'requests a transfer', unit: 'count', over: 'median' },
  sent: { label: 'bytes sent a transfer', unit: 'bytes', over: 'median' },
  received: { label: 'bytes received a transfer', unit: 'bytes', over: 'median' },
  prepared: { label: 'fields the client prepares', unit: 'count', over: 'median' },
  carried: { label: 'fields the client carries', unit: 'count', over: 'median' },
  carriedBytes: { label: 'bytes the client carries', unit: 'bytes', over: 'median' },
  clientAfterPayee: { label: 'goes on: client cut at step 2', unit: 'percent', over: 'median' },
  clientAfterAmount: { label: 'goes on: client cut at step 3', unit: 'percent', over: 'median' },
  crashAfterPayee: { label: 'goes on: pod killed at step 2', unit: 'percent', over: 'median' },
  crashAfterAmount: { label: 'goes on: pod killed at step 3', unit: 'percent', over: 'median' },
  stopAfterPayee: { label: 'goes on: pod stopped at step 2', unit: 'percent', over: 'median' },
  stopAfterAmount: { label: 'goes on: pod stopped at step 3', unit: 'percent', over: 'median' },
} as const satisfies Experiment['kinds'];

export type WizardKey = keyof typeof kinds;

export const claims: readonly Claim<WizardKey>[] = [
  {
    number: 2,
    sentence: 'Stateful: continuous transactions are easier.',
    decidedBy: ['prepared', 'carriedBytes', 'clientAfterPayee', 'clientAfterAmount'],
    rule: easier,
  },
  {
    number: 8,
    sentence: 'Stateless: requests can be more complex.',
    decidedBy: ['sent', 'prepared', 'carried', 'requests'],
    rule: moreComplex,
  },
];

/**
 * Easier means for the client: it prepares no more fields, carries fewer bytes along, and can go on after it was cut
 * off itself. Holds if all three are so for `sticky`, not if none is.
 */
function easier({ stateless, sticky }: FiguresByMode<WizardKey>): Verdict {
  if (!stateless?.completed || !sticky?.completed)
    return cannotTell('It takes transfers in both stateless and sticky.');
  const points = [
    { says: 'prepares no more fields', is: value(sticky.prepared) <= value(stateless.prepared) },
    { says: 'carries fewer bytes along', is: value(sticky.carriedBytes) < value(stateless.carriedBytes) },
    { says: 'can go on after it was cut off', is: clientGoesOn(sticky) > clientGoesOn(stateless) },
  ];
  return byPoints(points, 'a sticky client');
}

/** A request is more complex if it has more fields and takes more bytes. Holds if both are so, not if neither is. */
function moreComplex({ stateless, sticky }: FiguresByMode<WizardKey>): Verdict {
  if (!stateless?.completed || !sticky?.completed)
    return cannotTell('It takes transfers in both stateless and sticky.');
  const fields = (one: Figures<WizardKey>): number => (value(one.prepared) + value(one.carried)) / value(one.requests);
  const bytes = (one: Figures<WizardKey>): number => value(one.sent) / value(one.requests);
  const points = [
    { says: 'has more fields', is: fields(stateless) > fields(sticky) },
    { says: 'takes more bytes', is: bytes(stateless) > bytes(sticky) },
  ];
  return byPoints(points, 'a stateless request');
}

function byPoints(points: readonly { says: string; is: boolean }[], who: string): Verdict {
  const reported = points.map(({ says, is }) => `${is ? 'yes' : 'no'}, ${says}`).join('; ');
  if (points.every(({ is }) => is)) return holds(`${who} ${points.map(({ says }) => says).join(', ')}.`);
  if (points.every(({ is }) => !is)) return fails(`${who}: ${reported}.`);
  return cannotTell(`the signs disagree. ${who}: ${reported}.`);
}

const value = (figure: number | null): number => figure ?? 0;
const clientGoesOn = (one: Figures<WizardKey>): number => value(one.clientAfterPayee) + value(one.clientAfterAmount);
