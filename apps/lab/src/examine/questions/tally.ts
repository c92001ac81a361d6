import { setTimeout as sleep } from 'node:timers/promises';
import { countersIn } from '../../platform/metrics-text.js';
import { mayChange } from '../journey/may-change.js';
import type { JourneyRequest } from '../journey/journey.js';
import type { Replica, Target } from '../target/target.js';
import { userAgent } from '../walk/headers.js';
import type { Examination } from './question.js';
import { sendTo } from './walks.js';

/** A count of each replica's, by the replica's name. */
type Counts = ReadonlyMap<string, number>;

/** Something of the replicas themselves that counts the requests they answer: lines of a log, a counter. */
export interface Tally {
  /** The place in the journey of the request that is known to be counted. */
  readonly index: number;
  /** `their logs`, `the counter http_requests_total at /metrics`. */
  readonly place: string;
  read(): Promise<Counts>;
}

const metricsPath = '/metrics';
const metricsWithinMs = 2_000;
/** So many requests to one replica tell what counts them from what counts something else. */
const asked = 4;
/** A log is written, and read, a moment after the reply; where the machine is full, some seconds. */
const writtenWithinMs = 6_000;
/** By then what counts something else has counted that, too. */
const settledMs = 1_500;
const lookEveryMs = 100;

/** What is counted in one way of counting, by its place. */
type Reading = ReadonlyMap<string, Counts>;

/**
 * What counts the requests of each replica, where no reply tells who gave it: each is asked by itself, and of what then has
 * counted so many more there than anywhere else the first is taken. Logs go first: a counter counts probes, too.
 */
export async function learnTally(examination: Examination): Promise<Tally | undefined> {
  const { target, journey } = examination;
  const replicas = await target.replicas();
  const index = journey.requests.findIndex((request) => !mayChange(request));
  if (replicas.length < 2 || index === -1) return undefined;
  const sources = [
    ...(target.logged === undefined ? [] : [() => readLogs(target, journey.requests[index]!)]),
    () => readCounters(replicas),
  ];
  for (const read of sources) {
    const place = await placeThatTells(examination, index, read);
    if (place !== undefined) return { index, place, read: async () => (await read()).get(place) ?? new Map() };
  }
  return undefined;
}

async function placeThatTells(
  examination: Examination,
  index: number,
  read: () => Promise<Reading>,
): Promise<string | undefined> {
  let telling: readonly string[] | undefined;
  for (const replica of await examination.target.replicas()) {
    const before = await read();
    for (let count = 0; count < asked; count++) await sendTo(examination, replica, [index]);
    const until = Date.now() + writtenWithinMs;
    await sleep(settledMs);
    let found: readonly string[] = [];
    for (; found.length === 0 && Date.now() < until; await sleep(lookEveryMs)) {
      const after = await read();
      found = (telling ?? [...after.keys()]).filter((place) => {
        const [most, next] = risesIn(before.get(place) ?? new Map(), after.get(place) ?? new Map());
        return most?.replica === replica.name && most.rise - (next?.rise ?? 0) >= asked;
      });
    }
    if (found.length === 0) return undefined;
    telling = found;
  }
  return telling?.toSorted((one, other) => one.length - other.length)[0];
}

/** Sends a request, and tells which replica has counted it; undefined where that is not clear. */
export async function countedBy(tally: Tally, send: () => Promise<unknown>): Promise<string | undefined> {
  const before = await tally.read();
  await send();
  for (const until = Date.now() + writtenWithinMs; Date.now() < until; await sleep(lookEveryMs)) {
    const [most, next] = risesIn(before, await tally.read());
    if (most !== undefined && most.rise > (next?.rise ?? 0)) return most.replica;
  }
  return undefined;
}

async function readLogs(target: Target, request: JourneyRequest): Promise<Reading> {
  return new Map([['their logs', await target.logged!((line) => tellsOf(line, request))]]);
}

async function readCounters(replicas: readonly Replica[]): Promise<Reading> {
  const reading = new Map<string, Map<string, number>>();
  const ofReplicas = replicas.map(async (replica) => ({ replica, counters: await countersOf(replica) }));
  for (const { replica, counters } of await Promise.all(ofReplicas)) {
    for (const [name, value] of counters) {
      const place = `the counter ${name} at ${metricsPath}`;
      reading.set(place, (reading.get(place) ?? new Map<string, number>()).set(replica.name, value));
    }
  }
  return reading;
}

/** Whether a line of a log is about a request: access logs have the client's name, or the method and the path. */
function tellsOf(line: string, { method, path }: JourneyRequest): boolean {
  if (line.includes(userAgent)) return true;
  return line.includes(`${method} `) && line.split(/[\s"?]+/).includes(path.split('?')[0]!);
}

async function countersOf({ address, headers = {} }: Replica): Promise<Map<string, number>> {
  try {
    const signal = AbortSignal.timeout(metricsWithinMs);
    const reply = await fetch(address + metricsPath, { headers: { 'user-agent': userAgent, ...headers }, signal });
    return reply.ok ? countersIn(await reply.text()) : new Map();
  } catch {
    return new Map();
  }
}

/** By how much each replica has counted on, the most first; to be read counts everywhere alike. */
function risesIn(before: Counts, after: Counts): { replica: string; rise: number }[] {
  const rises = [...after].map(([replica, count]) => ({ replica, rise: count - (before.get(replica) ?? 0) }));
  return rises.toSorted((one, other) => other.rise - one.rise);
}
