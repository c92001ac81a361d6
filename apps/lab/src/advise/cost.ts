import { type ModeName, modes } from '../bank/modes.js';
import type { Measured, MeasuredMode, Traced } from './measured.js';
import { podsFor, type PodCount } from './pods.js';
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

/** Redis' own figure for a small key and value: 85 MB for a million (https://redis.io/docs/latest/develop/get-started/faq/). */
const redisKeyBytes = 85;
/** An order of magnitude that Redis' documentation gives without pipelining (https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/). */
const redisOperationsPerCore = 100_000;
/** On-demand prices of large clouds put a core at about as much as 7.5 GiB (https://cloud.google.com/compute/vm-instance-pricing, E2). */
const gibPerCore = 7.5;
/** Of a session with each request: one is read, and a compare-and-set sends the old and the new value. */
const redisCopies = 3;

/** What a mode takes for a workload, each number with its formula. */
export function costOf(mode: ModeName, measured: Measured, figures: MeasuredMode, workload: AdvisedWorkload): Cost {
  const acts = actsPerSecond(workload);
  const perSecond = acts * figures.requestsPerAct.value;
  const requests = `users / think seconds * ${figures.requestsPerAct.from}`;
  const { users, sessionBytes } = workload;
  const state = stateCpuUs(mode, measured, workload);
  const requestCores = (perSecond * (figures.cpuUs.value + state.value)) / 1e6;
  const atRestCores = figures.atRestPercent.value / 100;
  const held = figures.sessionBytes.value === 0 ? 0 : figures.sessionBytes.value + sessionBytes;
  const emptyPodBytes = figures.emptyPodBytes.value;
  const pods = podsFor({ requestCores, atRestCores, emptyPodBytes, users, heldBytes: held });
  const { store, storeOperations } = modes[mode];
  const inRedis = store === 'redis' ? users * (sessionBytes + ownBytes(measured) + redisKeyBytes) : 0;
  const operations = perSecond * storeOperations;
  const podMemory = pods.count * pods.memoryBytes;
  const gib = (podMemory + inRedis) / 2 ** 30;
  return {
    mode,
    requestsPerSecond: traced(perSecond, requests),
    cores: traced(
      requestCores + pods.count * atRestCores,
      `requests a second * (${figures.cpuUs.from}${state.value === 0 ? '' : ` + ${state.from}`}) + pods * ${figures.atRestPercent.from} %`,
    ),
    pods,
    podMemoryBytes: traced(
      podMemory,
      `pods * (${figures.emptyPodBytes.from} + sessions in a pod * (${figures.sessionBytes.from}${held === 0 ? '' : ' + session bytes'})) * 1.3`,
    ),
    redisMemoryBytes: traced(inRedis, 'users * (session bytes + the bank’s own + 85)'),
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
      'requests a second * 3 copies of the session',
    ),
    coreEquivalents: traced(
      pods.count * pods.cores + gib / gibPerCore + operations / redisOperationsPerCore,
      `pods * cores + GiB / ${gibPerCore} + Redis operations / ${redisOperationsPerCore}`,
    ),
    lostInCrash: traced((users / pods.count) * figures.lostInCrash.value, `users / pods * ${figures.lostInCrash.from}`),
    lostInRollout: traced(users * figures.lostInRollout.value, `users * ${figures.lostInRollout.from}`),
  };
}

/** State that travels is read with each request; the client's is written when it changes, that in Redis each time. */
function stateCpuUs(
  mode: ModeName,
  { readKibUs, writeKibUs }: Measured,
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
function carriedBytes(mode: ModeName, { sessionBytes, writesPercent }: AdvisedWorkload): number {
  return modes[mode].store === 'none' ? sessionBytes * base64 * (1 + writesPercent / 100) : 0;
}

/** What the lab's bank remembers of a customer itself, as the memory of pods that hold it tells. */
function ownBytes({ modes: measured }: Measured): number {
  return Object.values(measured).find(({ sessionBytes }) => sessionBytes.value > 0)?.sessionBytes.value ?? 0;
}

function traced(value: number, from: string): Traced {
  return { value, from };
}
