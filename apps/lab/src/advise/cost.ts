import { isHeldInPod, type ModeName, modes } from '../bank/modes.js';
import type { ForecastError, Measured, MeasuredMode, Traced } from './measured.js';
import { type Budget, gibPerCore, podsFor, podsOf, type PodCount, type PodNeed, priceOf } from './pods.js';
import { actsPerSecond, type AdvisedWorkload } from './workload.js';

/** What one mode takes to carry a workload. */
export interface Cost {
  readonly mode: ModeName;
  readonly requestsPerSecond: Traced;
  /** CPU that the pods use, in cores. */
  readonly cores: Traced;
  readonly pods: PodCount;
  /** Memory of all pods, as they should be given it, and of the sessions in Redis. */
  readonly podMemoryBytes: Traced;
  readonly redisMemoryBytes: Traced;
  readonly redisOperations: Traced;
  /** Bytes a second between clients and pods, and between pods and Redis, for the sake of sessions. */
  readonly wireBytes: Traced;
  readonly redisWireBytes: Traced;
  /** All of it in cores, so that modes can be compared. */
  readonly coreEquivalents: Traced;
  /** Sessions lost when one pod dies, and when all are replaced. */
  readonly lostInCrash: Traced;
  readonly lostInRollout: Traced;
}

/** The figures of a cost that have a formula. */
export type TracedFigure = Exclude<keyof Cost, 'mode' | 'pods'>;

/** Redis' own figure for a small key and value: 85 MB for a million (https://redis.io/docs/latest/develop/get-started/faq/). */
const redisKeyBytes = 85;
/**
 * What one Redis does in a second: an order of magnitude of operations without pipelining, and a link of 10 Gbit/s, which
 * ends it before its CPU does (https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/).
 */
export const oneRedis = { operations: 100_000, link: 1.25e9 } as const;
/** Of a session with each request: one is read, and a compare-and-set sends the old and the new value. */
const redisCopies = 3;

const mebibyte = 2 ** 20;
/** What the chart promises a pod of each style: the smallest that the bank runs in. */
export const minMemoryBytes = { stateless: 128 * mebibyte, stateful: 192 * mebibyte } as const;

/** A cost as foretold, and if the forecast errs as far as was measured, towards less and towards more. */
export interface CostRange {
  readonly cost: Cost;
  readonly low: Cost;
  readonly high: Cost;
}

/** What a mode takes for a workload, in pods of a size that is within the budget if one is. */
export function costRangeOf(
  mode: ModeName,
  measured: Measured,
  figures: MeasuredMode,
  workload: AdvisedWorkload,
  budget: Budget,
): CostRange {
  const { cpu, traffic, memory } = measured.error;
  const [as, less, more] = [0, -1, 1].map((sign) => ({
    cpu: Math.max(0, 1 + sign * cpu),
    traffic: Math.max(0, 1 + sign * traffic),
    memory: Math.max(0, 1 + sign * memory),
  }));
  const cost = costOf(mode, measured, figures, workload, as!, (need, inRedis) =>
    podsFor(need, cpu, {
      ...budget,
      ...(budget.memoryBytes !== undefined && { memoryBytes: budget.memoryBytes - inRedis }),
    }),
  );
  const [low, high] = [less, more].map((times) =>
    costOf(mode, measured, figures, workload, times!, (need) => podsOf(cost.pods.cores, need)),
  );
  // Pods come whole, so that their number jumps; what all of it costs is no surer and no less sure than its CPU.
  const priced = (bound: Cost, factor: number): Cost => ({
    ...bound,
    coreEquivalents: { ...cost.coreEquivalents, value: cost.coreEquivalents.value * factor },
  });
  return { cost, low: priced(low!, less!.cpu), high: priced(high!, more!.cpu) };
}

/** Each number with its formula. */
function costOf(
  mode: ModeName,
  measured: Measured,
  figures: MeasuredMode,
  workload: AdvisedWorkload,
  times: ForecastError,
  podsOfSize: (need: PodNeed, redisBytes: number) => PodCount,
): Cost {
  const asked = actsPerSecond(workload) * figures.requestsPerAct.value;
  const perSecond = asked * times.traffic;
  const requests = `users / think seconds * ${figures.requestsPerAct.from}`;
  const { users, sessionBytes } = workload;
  const state = stateCpuUs(mode, measured, workload);
  const requestCores = ((asked * (figures.cpuUs.value + state.value)) / 1e6) * times.cpu;
  const atRestCores = (figures.atRestPercent.value / 100) * times.cpu;
  const held = isHeldInPod(mode) ? (figures.sessionBytes.value + sessionBytes) * times.memory : 0;
  const { store, storeOperations, style } = modes[mode];
  const inRedis = store === 'redis' ? users * (sessionBytes + ownBytes(measured) + redisKeyBytes) * times.memory : 0;
  const need = {
    requestCores,
    atRestCores,
    users,
    heldBytes: held,
    emptyPodBytes: figures.emptyPodBytes.value * times.memory,
    minMemoryBytes: figures.minPodBytes ?? minMemoryBytes[style],
  };
  const pods = podsOfSize(need, inRedis);
  const operations = perSecond * storeOperations;
  const podMemory = pods.count * pods.memoryBytes;
  const heldInWords = [figures.sessionBytes.from, held === 0 ? '' : 'session bytes'].filter((text) => text !== '');
  const ownInWords = ownBytes(measured) === 0 ? '' : 'the bank’s own + ';
  return {
    mode,
    requestsPerSecond: traced(perSecond, requests),
    cores: traced(
      requestCores + pods.count * atRestCores,
      `requests a second * (${figures.cpuUs.from}${state.value === 0 ? '' : ` + ${state.from}`}) + pods * ${figures.atRestPercent.from}`,
    ),
    pods,
    podMemoryBytes: traced(
      podMemory,
      `pods * (${figures.emptyPodBytes.from} + sessions in a pod * (${heldInWords.join(' + ')})) * 1.3, in steps of 64 MiB`,
    ),
    redisMemoryBytes: traced(
      inRedis,
      store === 'redis' ? `users * (session bytes + ${ownInWords}85 B)` : 'none for sessions while no pod stops',
    ),
    redisOperations: traced(
      operations,
      store === 'redis' ? 'two a request: a read, and a compare-and-set' : 'none for sessions while no pod stops',
    ),
    wireBytes: traced(
      perSecond * (figures.wireBytes.value + carriedBytes(mode, workload)),
      `requests a second * (${figures.wireBytes.from}${store === 'none' ? ' + session bytes * 4/3 * (1 + writes)' : ''})`,
    ),
    redisWireBytes: traced(
      store === 'redis' ? perSecond * redisCopies * (sessionBytes + ownBytes(measured)) : 0,
      store === 'redis' ? 'requests a second * 3 copies of the session' : 'none for sessions while no pod stops',
    ),
    coreEquivalents: traced(
      priceOf(pods) + inRedis / 2 ** 30 / gibPerCore + operations / oneRedis.operations,
      `pods * cores + GiB / ${gibPerCore} + Redis operations / ${oneRedis.operations}`,
    ),
    lostInCrash: traced((users / pods.count) * figures.lostInCrash.value, `users / pods * ${figures.lostInCrash.from}`),
    lostInRollout: traced(users * figures.lostInRollout.value, `users * ${figures.lostInRollout.from}`),
  };
}

/** State that travels is read with each request; the client's is written when it changes, that in Redis each time. */
export function stateCpuUs(
  mode: ModeName,
  { readKibUs, writeKibUs }: Pick<Measured, 'readKibUs' | 'writeKibUs'>,
  { sessionBytes, writesPercent }: AdvisedWorkload,
): Traced {
  const kib = sessionBytes / 1_024;
  const { store } = modes[mode];
  if (store === 'redis')
    return traced(kib * (readKibUs.value + writeKibUs.value), `KiB * (${readKibUs.from} + ${writeKibUs.from})`);
  if (store !== 'none') return traced(0, '');
  const write = (writesPercent / 100) * writeKibUs.value;
  return traced(kib * (readKibUs.value + write), `KiB * (${readKibUs.from} + writes * ${writeKibUs.from})`);
}

/** State in a header or a token is written in base64 (RFC 4648). */
export const base64 = 4 / 3;

/** Bytes of the reader's own state that go with a request: there in each, back when it has changed. */
export function carriedBytes(mode: ModeName, { sessionBytes, writesPercent }: AdvisedWorkload): number {
  return modes[mode].store === 'none' ? sessionBytes * base64 * (1 + writesPercent / 100) : 0;
}

/** What the lab's bank remembers of a customer itself, as the memory of pods that hold it tells. */
function ownBytes({ modes: measured }: Measured): number {
  return Object.values(measured).find(({ sessionBytes }) => sessionBytes.value > 0)?.sessionBytes.value ?? 0;
}

function traced(value: number, from: string): Traced {
  return { value, from };
}
