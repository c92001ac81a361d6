import { modes } from '../../modes.js';
import type { Done } from './acting.js';
import type { Act, BankNow } from './messages.js';
import { roughly } from './told.js';
import { causeInWords, count, modeOfWorkload } from './words.js';

/** Something to do to the bank. */
export interface Deed {
  readonly act: Act;
  /** As an order: `Kill session-sticky-0`. */
  readonly order: string;
  readonly path: string;
  readonly body?: object;
  /** Sessions that live where it strikes, and that it would end. */
  readonly atRisk: number;
  /** Of these, of whoever is at the page. */
  readonly own?: number;
}

/** A crash takes what only a pod's memory holds. */
const lostInCrash = ['memory', 'handoff'];
/** A stop in order, too, unless the pod hands it over. */
const lostInStop = ['memory'];

/** @param own sessions there of whoever is at the page, which is none of the customers */
export function kill(pod: string, now: BankNow, own = 0): Deed {
  const ended = atRisk([pod], lostInCrash, now, own);
  return { act: 'kill', order: `Kill ${pod}`, path: `pods/${pod}/kill`, atRisk: ended, own: Math.min(own, ended) };
}

export function stop(pod: string, now: BankNow): Deed {
  return { act: 'stop', order: `Stop ${pod}`, path: `pods/${pod}/stop`, atRisk: atRisk([pod], lostInStop, now) };
}

export function roll(workload: string, now: BankNow): Deed {
  const pods = podsOf(workload, now);
  return {
    act: 'roll',
    order: `Replace all pods of ${workload}`,
    path: `workloads/${workload}/roll`,
    atRisk: atRisk(pods, lostInStop, now),
  };
}

export function scale(workload: string, replicas: number, now: BankNow): Deed {
  return {
    act: 'scale',
    order: `Scale ${workload} to ${count(replicas, 'pod')}`,
    path: `workloads/${workload}/scale`,
    body: { replicas },
    // The last ones go first.
    atRisk: atRisk(podsOf(workload, now).slice(replicas), lostInStop, now),
  };
}

export function pauseStore(seconds: number): Deed {
  return {
    act: 'pause-store',
    order: `Pause Redis for ${seconds} s`,
    path: 'store/pause',
    body: { seconds },
    atRisk: 0,
  };
}

/**
 * What was done, and what it cost, in words.
 * @param own sessions that it ended of whoever is at the page, of which no customer tells
 */
export function outcomeOf({ did, watchedMs, lost, failed }: Done, own = 0): string {
  const sessions = Object.entries(lost).flatMap(([mode, causes]) =>
    Object.entries(causes).map(([cause, number]) => `${count(number, 'session')} in ${mode} (${causeInWords(cause)})`),
  );
  const requests = Object.entries(failed).flatMap(([mode, number]) =>
    number > 0 ? [`${count(number, 'request')} failed in ${mode}`] : [],
  );
  const within = `within ${roughly(watchedMs)}`;
  const costs = [
    sessions.length > 0 ? `Lost ${within}: ${sessions.join(', ')}.` : `No customer lost a session ${within}.`,
  ];
  if (own > 0) costs.push('Yours was in it: go on, and see.');
  if (requests.length > 0) costs.push(`${requests.join(', ')}.`);
  return `${did.replace(/\.?$/, '.')} ${costs.join(' ')}`;
}

function atRisk(names: readonly string[], lost: readonly string[], now: BankNow, own = 0): number {
  const doomed = now.workloads.flatMap(({ workload, pods }) => {
    const mode = modeOfWorkload(workload);
    if (mode === undefined || !lost.includes(modes[mode].store)) return [];
    return pods.filter(({ name }) => names.includes(name));
  });
  // A pod is read once a second; who came since counts, too.
  return doomed.reduce((sum, { name, sessions }) => sum + Math.max(sessions ?? 0, customersAt(name, now) + own), 0);
}

function customersAt(pod: string, { crowd }: BankNow): number {
  return crowd?.customers.filter((one) => one.pod === pod).length ?? 0;
}

function podsOf(workload: string, now: BankNow): string[] {
  const pods = now.workloads.find((one) => one.workload === workload)?.pods ?? [];
  return pods.filter(({ phase }) => phase !== 'gone').map(({ name }) => name);
}
