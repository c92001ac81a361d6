import type { FigureTarget, Round, Trial } from './figure.js';
import type { PairedReading } from './load/load.js';

type Side = () => Promise<PairedReading>;

export const cpuBasis = 'CPU time per request';
export const throughputBasis = 'throughput';

export interface Paired {
  readonly basis: string;
  readonly bound: FigureTarget['bound'];
  readonly ours: Side;
  readonly peer: Side;
  readonly close: Trial['close'];
}

/** A trial that measures ours and a peer in each round, and holds one against the other. */
export function paired({ basis, bound, ours, peer, close }: Paired): Trial {
  return { basis, round: async (index) => compare(await measurePair(ours, peer, index), basis, bound), close };
}

/** Measures both sides, the other one first every second time, so that a machine that slows down favours neither. */
async function measurePair(
  ours: Side,
  peer: Side,
  index: number,
): Promise<{ ours: PairedReading; peer: PairedReading }> {
  if (index % 2 === 0) return { ours: await ours(), peer: await peer() };
  const first = await peer();
  return { ours: await ours(), peer: first };
}

/** The speed of ours as a share of the peer's; with a target of at most, the cost of ours as a multiple of the peer's. */
function compare(
  { ours, peer }: { ours: PairedReading; peer: PairedReading },
  basis: string,
  bound: FigureTarget['bound'],
): Round {
  const throughput = ours.perSecond / peer.perSecond;
  const notes: Record<string, number> = {
    'ours/s': Math.round(ours.perSecond),
    'peer/s': Math.round(peer.perSecond),
    'throughput ratio': round2(throughput),
  };
  if (ours.cpuMicros !== undefined) notes['ours µs'] = round1(ours.cpuMicros);
  if (peer.cpuMicros !== undefined) notes['peer µs'] = round1(peer.cpuMicros);
  if (basis === throughputBasis) return { ratio: throughput, notes };
  if (ours.cpuMicros === undefined || peer.cpuMicros === undefined) return { ratio: throughput, notes };
  const speed = peer.cpuMicros / ours.cpuMicros;
  return { ratio: bound === 'at least' ? speed : 1 / speed, notes };
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
const round2 = (value: number): number => Math.round(value * 100) / 100;
