import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { stateful } from '../rules.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export const kinds = {
  requests: { label: 'requests measured', unit: 'count', over: 'total' },
  requestHeader: { label: 'request header, a request', unit: 'bytes', over: 'median' },
  requestBody: { label: 'request body, a request', unit: 'bytes', over: 'median' },
  replyHeader: { label: 'reply header, a request', unit: 'bytes', over: 'median' },
  replyBody: { label: 'reply body, a request', unit: 'bytes', over: 'median' },
  carried: { label: 'bytes carried along, a request', unit: 'bytes', over: 'median' },
  cpu: { label: 'CPU of the pods, a request', unit: 'µs', over: 'median' },
  verifyShare: { label: 'CPU share of verifying tokens', unit: 'percent', over: 'median' },
  verifyEachShare: { label: 'CPU share, verifying each time', unit: 'percent', over: 'median' },
} as const satisfies Experiment['kinds'];

export type RedundancyKey = keyof typeof kinds;

export const claims: readonly Claim<RedundancyKey>[] = [
  {
    number: 7,
    sentence: 'Stateless: redundant data on each request.',
    decidedBy: ['requestHeader', 'requestBody', 'carried'],
    rule,
  },
];

/** A difference below this is noise of cookie and token lengths. */
const margin = 1.05;

/** Holds if a stateless request is larger than one of every stateful mode, and not if it is no larger than any. */
function rule(figures: FiguresByMode<RedundancyKey>): Verdict {
  const { stateless } = figures;
  const others = stateful(figures).map(([mode, { requestHeader, requestBody }]) => ({
    mode,
    bytes: (requestHeader ?? 0) + (requestBody ?? 0),
  }));
  if (!stateless?.requests || others.length === 0)
    return cannotTell('It takes stateless and a stateful mode to compare.');
  const bytes = (stateless.requestHeader ?? 0) + (stateless.requestBody ?? 0);
  const largest = others.reduce((one, other) => (other.bytes > one.bytes ? other : one));
  const reported = `a stateless request takes ${bytes.toFixed(0)} bytes, one of ${largest.mode} ${largest.bytes.toFixed(0)}`;
  if (bytes > largest.bytes * margin) return holds(`${reported}, and the others less.`);
  const smallest = others.reduce((one, other) => (other.bytes < one.bytes ? other : one));
  if (bytes <= smallest.bytes * margin) return fails(`${reported}.`);
  return cannotTell(`${reported}, but one of ${smallest.mode} only ${smallest.bytes.toFixed(0)}.`);
}
