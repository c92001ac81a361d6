import type { OwnSessionSnapshot } from '../protocol/actions.js';
import type { BankSnapshot } from '../protocol/snapshots.js';

/** The pod that a session lives in, unless another process runs under its name now, which knows nothing of it. */
export function homeOf(
  { pod, bootId, lost }: Pick<OwnSessionSnapshot, 'pod' | 'bootId' | 'lost'>,
  { workloads }: Pick<BankSnapshot, 'workloads'>,
): string | undefined {
  if (lost !== null) return undefined;
  const there = workloads.flatMap(({ pods }) => pods).find(({ name }) => name === pod);
  if (there === undefined || there.phase === 'starting' || there.phase === 'gone') return undefined;
  return there.bootId === null || there.bootId === bootId ? there.name : undefined;
}
