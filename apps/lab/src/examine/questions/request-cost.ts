import { setTimeout as sleep } from 'node:timers/promises';
import type { FiguresBy } from '../../statistics/figures.js';
import type { Replica } from '../target/target.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { untoldNotes } from './untold-notes.js';

const parts = 4;
const partMs = 4_000;
const restMs = 2_000;
const together = 10;

const kinds = {
  wire: { label: 'bytes a request, with its reply', unit: 'bytes', over: 'median' },
  header: { label: 'request header', unit: 'bytes', over: 'median' },
  cpu: { label: 'CPU a request', unit: 'µs', over: 'median' },
  cpuError: { label: 'std. error of it', unit: 'µs', over: 'median' },
  atRest: { label: 'CPU of a replica at rest', unit: 'percent', over: 'median' },
  resident: { label: 'memory of a replica', unit: 'bytes', over: 'median' },
} as const;

type RequestCostKey = keyof typeof kinds;

/** What a request takes: figures for who must say what a load will cost, and nothing to judge. */
export const requestCost = serviceQuestion<RequestCostKey>(
  {
    name: 'request-cost',
    summary: 'how many bytes does a request take, and how much CPU of a replica?',
    columns: [service],
    cannotHere: () => undefined,
    maxRounds: 1,
    kinds,
    how:
      'Bytes are those of a walk at rest, headers and bodies both ways, on average over its requests. For CPU new clients ' +
      `walk the whole journey at one replica, ${together} at a time and no faster than the rate, for ${partMs / 1_000} s ` +
      `without being counted and then in ${parts} parts of ${partMs / 1_000} s, each after ${restMs / 1_000} s in which nobody ` +
      'asks. What the process and all that it started use in these is its CPU at rest, and what they use beyond that in a ' +
      'part is shared by the requests of it; the standard error is that of the mean over the parts. Memory is resident, ' +
      'read at the end.',
    claims: [],
  },
  measure,
);

async function measure(
  examination: Examination,
  { note }: QuestionRound,
): Promise<FiguresBy<'service', RequestCostKey>> {
  const { target } = examination;
  const bytes = await bytesOf(examination);
  const [home] = await target.replicas();
  if (home === undefined || target.cpuSeconds === undefined) {
    note(`${untoldNotes.cpu}: ${target.cannot.cpu ?? target.cannot.memory ?? 'nothing tells what its process uses.'}`);
  }
  if (target.memory === undefined) note(`${untoldNotes.memory}: ${target.cannot.memory ?? 'it cannot be read.'}`);
  const cpu =
    home === undefined || target.cpuSeconds === undefined ? noCpu : cpuIn(await askedInParts(examination, home));
  const resident = home === undefined ? undefined : (await target.memory?.())?.get(home.name);
  return { service: { ...bytes, ...cpu, resident: resident ?? null } };
}

async function bytesOf({ atRest }: Examination): Promise<Record<'wire' | 'header', number | null>> {
  const [walk] = (await atRest(0)).walks;
  const sent = walk?.steps.filter(({ missing }) => missing === undefined).map(({ reply }) => reply.bytes) ?? [];
  return {
    wire: mean(sent.map((bytes) => Object.values(bytes).reduce((sum: number, one: number) => sum + one, 0))),
    header: mean(sent.map(({ requestHeader }) => requestHeader)),
  };
}

/** What a replica used while it was asked, and in the rest before. */
export interface AskedPart {
  readonly requests: number;
  readonly askedSeconds: number;
  readonly askedCpuSeconds: number;
  readonly restSeconds: number;
  readonly restCpuSeconds: number;
}

async function askedInParts(examination: Examination, home: Replica): Promise<AskedPart[]> {
  const { target, stopping } = examination;
  const read = async () => {
    const cpu = (await target.cpuSeconds?.())?.get(home.name);
    if (cpu === undefined) throw new Error(`${home.name} has ended while it was asked.`);
    return { at: performance.now() / 1_000, cpu };
  };
  await askFor(partMs, examination, home);
  const found: AskedPart[] = [];
  while (found.length < parts) {
    const before = await read();
    await sleep(restMs, undefined, { signal: stopping });
    const rested = await read();
    const requests = await askFor(partMs, examination, home);
    const asked = await read();
    found.push({
      requests,
      askedSeconds: asked.at - rested.at,
      askedCpuSeconds: asked.cpu - rested.cpu,
      restSeconds: rested.at - before.at,
      restCpuSeconds: rested.cpu - before.cpu,
    });
  }
  return found;
}

/** Has new clients walk for so long, and to the end of the journeys that are under way then: how many requests were sent. */
async function askFor(ms: number, { walker, users, stopping }: Examination, home: Replica): Promise<number> {
  const until = performance.now() + ms;
  let [clients, requests] = [0, 0];
  const walkOn = async (): Promise<void> => {
    while (performance.now() < until) {
      stopping.throwIfAborted();
      const { steps } = await walker.walk({ to: () => home, user: clients++ % users.length });
      requests += steps.filter(({ missing }) => missing === undefined).length;
    }
  };
  await Promise.all(Array.from({ length: together }, walkOn));
  return requests;
}

const noCpu = { cpu: null, cpuError: null, atRest: null };

/** CPU at rest, and what each request adds to it. */
export function cpuIn(found: readonly AskedPart[]): Record<keyof typeof noCpu, number | null> {
  if (found.length < 2 || found.some(({ requests }) => requests === 0)) return noCpu;
  const sum = (of: (part: AskedPart) => number): number => found.reduce((all, part) => all + of(part), 0);
  const atRest = sum(({ restCpuSeconds }) => restCpuSeconds) / sum(({ restSeconds }) => restSeconds);
  const each = found.map((part) => (1e6 * (part.askedCpuSeconds - atRest * part.askedSeconds)) / part.requests);
  const cpu = mean(each)!;
  const squares = each.reduce((all, one) => all + (one - cpu) ** 2, 0);
  return { cpu, cpuError: Math.sqrt(squares / (each.length - 1) / each.length), atRest: 100 * atRest };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}
