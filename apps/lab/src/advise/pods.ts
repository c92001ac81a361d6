/** How many pods, each of which size. */
export interface PodCount {
  readonly count: number;
  readonly cores: number;
  readonly memoryBytes: number;
}

export interface PodNeed {
  /** CPU that the requests take, in cores, and that each pod takes besides. */
  readonly requestCores: number;
  readonly atRestCores: number;
  readonly emptyPodBytes: number;
  readonly users: number;
  /** Bytes that a pod holds of each user that it serves; 0 where sessions live elsewhere. */
  readonly heldBytes: number;
}

/** A process of Node runs its own code on one core: a larger pod would not be used. */
const sizes = [0.25, 0.5, 1] as const;
/** Above it, a load that is not quite even already queues. */
const utilisation = 0.7;
/** So that one may go. */
const fewest = 2;
/** The chart's bound (`session.maxSessions`). */
const maxSessions = 100_000;
/** Of memory, for what garbage collection and a burst take. */
const headroom = 1.3;
const memoryStepBytes = 64 * 2 ** 20;

/** The number of pods for a need, of the size that takes the fewest cores in all; of equal ones the smaller, which lose less each. */
export function podsFor(need: PodNeed): PodCount {
  const [first, ...others] = sizes.map((cores) => podsOf(cores, need));
  return others.reduce((best, one) => (one.count * one.cores < best!.count * best!.cores ? one : best), first)!;
}

function podsOf(cores: number, { requestCores, atRestCores, emptyPodBytes, users, heldBytes }: PodNeed): PodCount {
  const free = cores * utilisation - atRestCores;
  const forCpu = free > 0 ? Math.ceil(requestCores / free) : Infinity;
  const forSessions = heldBytes === 0 ? 0 : Math.ceil(users / maxSessions);
  const count = Math.max(fewest, forCpu, forSessions);
  const bytes = (emptyPodBytes + (users / count) * heldBytes) * headroom;
  return { count, cores, memoryBytes: Math.ceil(bytes / memoryStepBytes) * memoryStepBytes };
}
