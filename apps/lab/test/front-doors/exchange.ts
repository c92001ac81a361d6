import type { Random } from '../../src/load/random.js';

/** What an upstream does with a request; it is told in the query. */
export type HttpStep =
  | { act: 'echo' }
  | { act: 'answer'; status: number; after: number; close: boolean }
  | { act: 'stream'; bytes: number; reported: boolean }
  | { act: 'trailers' }
  | { act: 'early-hints' }
  | { act: 'stray-body'; status: number }
  | { act: 'until-closed'; bytes: number }
  | { act: 'die-before'; after: number }
  | { act: 'die-inside'; reported: boolean };

/** What a client sends, and how. */
export interface HttpExchange {
  readonly method: string;
  readonly upstream: HttpStep;
  /** Undefined for no body. */
  readonly bodyBytes?: number;
  readonly chunked: boolean;
  readonly trailers: boolean;
  /** Waits for `100 Continue` before it sends its body. */
  readonly expects: boolean;
  readonly upgrades: boolean;
  readonly closes: boolean;
  /** Sends its body in two parts with a pause between. */
  readonly hesitates: boolean;
  /** Goes away in the middle of its body, or as soon as it has sent everything. */
  readonly leaves: boolean;
  /** Sent in one write with this many more. */
  readonly pipelined: number;
}

const statuses = [401, 404, 413, 415, 429, 503];
const sizes = [0, 1, 1_000, 17_000, 70_000, 200_000, 1_000_000, 3_000_000];
const weighted = [1, 2, 6, 8, 8, 6, 2, 1];

/** Draws an exchange of any kind. */
export function drawHttpExchange(random: Random): HttpExchange {
  const chance = (share: number) => random() < share;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const upstream = drawAct(random);
  const pipelined = chance(0.08) ? 1 + Math.floor(random() * 3) : 0;
  const bodyless = pipelined > 0 || chance(0.25);
  const method = bodyless ? pick(['GET', 'HEAD', 'DELETE', 'OPTIONS']) : pick(['POST', 'PUT', 'PATCH', 'DELETE']);
  const size = sizes[weightedIndex(random)]!;
  const chunked = !bodyless && chance(0.4);
  const upgrades = bodyless && pipelined === 0 && chance(0.1);
  return {
    method: upgrades ? 'GET' : method,
    upstream: pipelined > 0 ? { act: 'echo' } : upstream,
    ...(bodyless ? {} : { bodyBytes: size }),
    chunked,
    trailers: chunked && chance(0.3),
    // haproxy 2.6 cuts a chunked answer short that comes before the body of a client that waits to send it.
    expects: !bodyless && !['stream', 'die-inside'].includes(upstream.act) && chance(0.15),
    upgrades,
    closes: pipelined > 0 || chance(0.15),
    hesitates: !bodyless && chance(0.3),
    leaves: pipelined === 0 && chance(0.08),
    pipelined,
  };
}

function weightedIndex(random: Random): number {
  let left = random() * weighted.reduce((sum, weight) => sum + weight, 0);
  return weighted.findIndex((weight) => (left -= weight) < 0);
}

function drawAct(random: Random): HttpStep {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const even = () => random() < 0.5;
  const drawn = random();
  if (drawn < 0.25) return { act: 'echo' };
  if (drawn < 0.65) {
    return { act: 'answer', status: pick(statuses), after: pick([0, 0, 1_000, 20_000, 300_000]), close: even() };
  }
  if (drawn < 0.72) return { act: 'stream', bytes: pick([0, 10, 100_000, 1_000_000]), reported: even() };
  if (drawn < 0.75) return { act: 'trailers' };
  if (drawn < 0.78) return { act: 'early-hints' };
  if (drawn < 0.84) return { act: 'stray-body', status: pick([204, 304]) };
  if (drawn < 0.88) return { act: 'until-closed', bytes: pick([0, 10, 1_000]) };
  if (drawn < 0.94) return { act: 'die-before', after: pick([0, 1_000, 100_000]) };
  return { act: 'die-inside', reported: even() };
}
