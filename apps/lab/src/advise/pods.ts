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
  /** A pod is given no less, whatever was measured. */
  readonly minMemoryBytes: number;
}

/** What may be spent at most. */
export interface Budget {
  readonly cores?: number;
  readonly memoryBytes?: number;
}

/** From what the chart promises a pod, the smallest that the bank runs in, to all that a process of Node uses. */
export const podCores = [0.05, 0.1, 0.25, 0.5, 1] as const;
/** On-demand prices of large clouds put a core at about as much as 7.5 GiB (https://cloud.google.com/compute/vm-instance-pricing, E2). */
export const gibPerCore = 7.5;
/** Above it, a load that is not quite even already queues. */
const utilisation = 0.7;
/** So that one may go. */
const fewest = 2;
/** The chart's bound (`session.maxSessions`). */
export const maxSessions = 100_000;
/** Of memory, for what garbage collection and a burst take. */
const headroom = 1.3;
const memoryStepBytes = 64 * 2 ** 20;

/**
 * The number of pods for a need, of the smallest size whose price is that of the cheapest within an error, since small
 * pods lose less each; of those in the budget, if any are, and of none that is busier with itself than with requests.
 */
export function podsFor(need: PodNeed, error: number, { cores = Infinity, memoryBytes = Infinity }: Budget): PodCount {
  const [largest] = podCores.slice(-1);
  const all = podCores
    .filter((size) => size === largest || size * utilisation >= 2 * need.atRestCores * (1 + error))
    .map((size) => podsOf(size, need));
  const inCores = all.filter((pods) => pods.count * pods.cores <= cores);
  const inBudget = inCores.filter((pods) => pods.count * pods.memoryBytes <= memoryBytes);
  if (inCores.length === 0) return minBy(all, (pods) => pods.count * pods.cores);
  if (inBudget.length === 0) return minBy(inCores, (pods) => pods.count * pods.memoryBytes);
  const cheapest = priceOf(minBy(inBudget, priceOf));
  return inBudget.find((pods) => priceOf(pods) <= cheapest * (1 + error))!;
}

/** What pods cost, in cores. */
export function priceOf({ count, cores, memoryBytes }: PodCount): number {
  return count * (cores + memoryBytes / 2 ** 30 / gibPerCore);
}

export function podsOf(
  cores: number,
  { requestCores, atRestCores, emptyPodBytes, users, heldBytes, minMemoryBytes }: PodNeed,
): PodCount {
  const free = cores * utilisation - atRestCores;
  const forCpu = free > 0 ? Math.ceil(requestCores / free) : Infinity;
  const forSessions = heldBytes === 0 ? 0 : Math.ceil(users / maxSessions);
  const count = Math.max(fewest, forCpu, forSessions);
  const bytes = Math.max(minMemoryBytes, (emptyPodBytes + (users / count) * heldBytes) * headroom);
  return { count, cores, memoryBytes: Math.ceil(bytes / memoryStepBytes) * memoryStepBytes };
}

const minBy = (all: readonly PodCount[], by: (pods: PodCount) => number): PodCount =>
  all.reduce((best, one) => (by(one) < by(best) ? one : best));
