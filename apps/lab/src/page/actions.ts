import { isMisroutedByDesign, modeOfWorkload } from '../bank/modes.js';
import { causeInWords, type LossCause } from '../losses/loss-causes.js';
import type { Done } from '../protocol/actions.js';
import type { ActionName, BankSnapshot } from '../protocol/snapshots.js';
import { roughly } from './formatted.js';
import { count } from './words.js';

/** Something to do to the bank. */
export interface Action {
  readonly act: ActionName;
  /** As an order: `Kill session-sticky-0`. */
  readonly order: string;
  readonly path: string;
  readonly body?: object;
  /** Sessions that live where it strikes, and that it would end. */
  readonly atRisk: number;
  /** Of these, of whoever is at the page. */
  readonly own: number;
}

/** What an action is reckoned by. */
export interface BankView {
  /** How the bank is now. */
  readonly now: () => BankSnapshot;
  /** Pods where a session of whoever is at the page lives, who is none of the customers. */
  readonly yours: () => ReadonlySet<string>;
}

export function kill(pod: string, seen: BankView): Action {
  return { act: 'kill', order: `Kill ${pod}`, path: `pods/${pod}/kill`, ...endedAt([pod], 'owner-died', seen) };
}

export function stop(pod: string, seen: BankView): Action {
  return {
    act: 'stop',
    order: `Stop ${pod}`,
    path: `pods/${pod}/stop`,
    ...endedAt([pod], 'drained-without-handoff', seen),
  };
}

export function roll(workload: string, seen: BankView): Action {
  return {
    act: 'roll',
    order: `Replace all pods of ${workload}`,
    path: `workloads/${workload}/roll`,
    ...endedAt(podsOf(workload, seen), 'drained-without-handoff', seen),
  };
}

export function scale(workload: string, replicas: number, seen: BankView): Action {
  return {
    act: 'scale',
    order: `Scale ${workload} to ${count(replicas, 'pod')}`,
    path: `workloads/${workload}/scale`,
    body: { replicas },
    // The last ones go first.
    ...endedAt(podsOf(workload, seen).slice(replicas), 'drained-without-handoff', seen),
  };
}

export function pauseStore(seconds: number): Action {
  return {
    act: 'pause-store',
    order: `Pause Redis for ${seconds} s`,
    path: 'store/pause',
    body: { seconds },
    atRisk: 0,
    own: 0,
  };
}

/**
 * What was done, and what it cost, in words.
 * @param own sessions that it ended of whoever is at the page, of which no customer tells
 */
export function outcomeOf({ did, tookMs, watchedMs, lost, failed }: Done, own = 0): string {
  const sessions = Object.entries(lost).flatMap(([mode, causes]) =>
    Object.entries(causes).map(([cause, number]) => `${count(number, 'session')} in ${mode} (${causeInWords(cause)})`),
  );
  const requests = Object.entries(failed).flatMap(([mode, number]) =>
    number > 0 ? [`${count(number, 'request')} failed in ${mode}`] : [],
  );
  const within = `within ${roughly(tookMs + watchedMs)}`;
  const costs = [
    sessions.length > 0 ? `Lost ${within}: ${sessions.join(', ')}.` : `No customer lost a session ${within}.`,
  ];
  if (own > 0) costs.push('Yours was in it: go on, and see.');
  if (requests.length > 0) costs.push(`${requests.join(', ')}.`);
  return `${did.replace(/\.?$/, '.')} ${costs.join(' ')}`;
}

function endedAt(names: readonly string[], cause: LossCause, seen: BankView): Pick<Action, 'atRisk' | 'own'> {
  const [now, yours] = [seen.now(), seen.yours()];
  const ownAt = (pod: string): number => (yours.has(pod) ? 1 : 0);
  const doomed = now.workloads.flatMap(({ workload, pods }) => {
    const mode = modeOfWorkload(workload);
    if (!mode?.mayLose.includes(cause)) return [];
    return pods
      .filter(({ name }) => names.includes(name))
      .map(({ name, sessions }) => {
        // Where requests miss their session by design, a pod holds many that nobody comes back to.
        const held = isMisroutedByDesign(mode.name) ? 0 : (sessions ?? 0);
        // A pod is read once a second; who came since counts, too.
        return { own: ownAt(name), atRisk: Math.max(held, customersAt(name, now) + ownAt(name)) };
      });
  });
  return {
    atRisk: doomed.reduce((sum, { atRisk }) => sum + atRisk, 0),
    own: doomed.reduce((sum, { own }) => sum + own, 0),
  };
}

function customersAt(pod: string, { crowd }: BankSnapshot): number {
  return crowd?.customers.filter((one) => one.pod === pod).length ?? 0;
}

function podsOf(workload: string, { now }: BankView): string[] {
  const pods = now().workloads.find((one) => one.workload === workload)?.pods ?? [];
  return pods.filter(({ phase }) => phase !== 'gone').map(({ name }) => name);
}
