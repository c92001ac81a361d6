import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startIssuer, type TestIssuer } from '#libs/testing';
import type { Bench, Figure, Round } from '../figure.js';
import { cpuMicros } from '../processes/cpu.js';
import type { Running } from '../processes/running.js';
import { startService, type RunningService } from '../processes/service.js';

const moved = 10_000;
/** Of two pods one lets half of what it holds go; a few more, so that those who are asked for all may go. */
const opened = 2.1 * moved;
const atOnce = 32;
/** Sessions go first that were not asked for in four seconds. */
const idleMs = 5_500;
const bystanderEveryMs = 5;
const againMs = 200;
const path = '/handoff/session';

/** What letting sessions go costs, and what those who stay notice of it. */
export const sessionMove: Figure = {
  name: 'session-move',
  title: `CPU time of ${moved} sessions that move between two live pods / of the same requests, none of which moves`,
  target: { bound: 'at most', value: 3 },
  async open(bench) {
    const issuer = await startIssuer();
    return {
      basis: 'CPU time of both pods',
      maxRounds: 3,
      async round(index) {
        const [still, moving] = [await between(bench, issuer, `still-${index}`, false), await between(bench, issuer, `moving-${index}`, true)]; // prettier-ignore
        return {
          ratio: moving.cpuMicros / still.cpuMicros,
          notes: {
            'sessions/s': Math.round((1_000 * moved) / moving.ms),
            'µs a move': Math.round((moving.cpuMicros - still.cpuMicros) / moved),
            'let go': moving.letGo,
            'p99 ms of bystanders': moving.p99,
            'p99 ms, none moves': still.p99,
          },
        } satisfies Round;
      },
      async close() {
        issuer.close();
      },
    };
  },
};

/** Asks for 10,000 of the sessions of one pod once there, and once at the other where they may move, else there again. */
async function between(bench: Bench, issuer: TestIssuer, name: string, isMoving: boolean) {
  const environment = {
    JWKS_URL: issuer.jwksUrl,
    MODE: 'handoff',
    STORE: 'handoff',
    REDIS_KEY_PREFIX: `${bench.prefix}${name}:`,
    REBALANCE: String(isMoving),
    REBALANCE_PER_SECOND: '100000',
    REBALANCE_REQUESTS_PERCENT: '100',
    // What is left in the end must not be called little.
    REBALANCE_TOLERANCE_PERCENT: '1',
  };
  const full = await startService(bench, 'session', { ...environment, POD_NAME: 'full' });
  const other = await startService(bench, 'session', { ...environment, POD_NAME: 'other' });
  const watched = new AbortController();
  try {
    const cookies = await signIn(full, issuer, opened);
    const bystander = (await signIn(other, issuer, 1))[0]!;
    await sleep(idleMs);
    const waiting = standBy(other, bystander, watched.signal);
    const left = cookies.slice(0, moved);
    const [began, before] = [performance.now(), cpuOf(full, other)];
    const visitor = async (): Promise<void> => {
      for (let cookie = left.pop(); cookie !== undefined; cookie = left.pop()) {
        const isFree = (await look(full, cookie)) || !isMoving;
        // Who was not let go this time is asked again when the others have been.
        if (isFree) await look(isMoving ? other : full, cookie);
        else {
          left.unshift(cookie);
          // A session that is asked for again and again goes nowhere.
          await sleep(againMs);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, visitor));
    const ms = performance.now() - began;
    const spent = cpuOf(full, other) - before;
    watched.abort();
    const waits = (await waiting).toSorted((one, longer) => one - longer);
    const p99 = waits[Math.floor(0.99 * waits.length)] ?? Number.NaN;
    return { ms, cpuMicros: spent, p99: Math.round(p99 * 10) / 10, letGo: await letGoBy(full) };
  } finally {
    watched.abort();
    await Promise.all([full.stop(), other.stop()]);
  }
}

/** One request of a session; whether its reply lets the client go. */
async function look({ port }: Running, cookie: string): Promise<boolean> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`a session is lost: ${text}`);
  return reply.headers.getSetCookie().some((one) => /^tellers-affinity-.*max-age=0/i.test(one));
}

/** @returns the cookie of each session, as a client sends it */
async function signIn({ port }: Running, issuer: TestIssuer, count: number): Promise<string[]> {
  const cookies: string[] = [];
  const one = async (): Promise<void> => {
    const authorization = `Bearer ${issuer.token(randomUUID(), 'Ada Lovelace')}`;
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { authorization } });
    await reply.arrayBuffer();
    if (reply.status !== 201) throw new Error(`no session: ${reply.status}`);
    cookies.push(reply.headers.getSetCookie()[0]!.split(';')[0]!);
  };
  const worker = async (): Promise<void> => {
    for (let left = count / Math.min(atOnce, count); left > 0; left -= 1) await one();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return cookies;
}

/** One who asks again and again at the pod that takes sessions in, and how long each answer took. */
async function standBy(pod: Running, cookie: string, over: AbortSignal): Promise<number[]> {
  const waits: number[] = [];
  while (!over.aborted) {
    const began = performance.now();
    await look(pod, cookie);
    waits.push(performance.now() - began);
    await sleep(bystanderEveryMs);
  }
  return waits;
}

function cpuOf(...pods: readonly Running[]): number {
  return pods.reduce((sum, { pid }) => sum + (cpuMicros(pid) ?? Number.NaN), 0);
}

async function letGoBy({ adminPort }: RunningService): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  return Number(/^tellers_sessions_let_go_total (\d+)/m.exec(text)?.[1] ?? 0);
}
