import { isMisroutedByDesign, modeOfWorkload } from '../bank/modes.js';
import type { LossCause } from '../losses/loss-causes.js';
import type { ActionName, BankSnapshot } from '../protocol/snapshots.js';
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
  /** Of these, the lab's customers', who are counted when they find out. */
  readonly customers: number;
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
    customers: 0,
    own: 0,
  };
}

function endedAt(
  names: readonly string[],
  cause: LossCause,
  seen: BankView,
): Pick<Action, 'atRisk' | 'customers' | 'own'> {
  const [now, yours] = [seen.now(), seen.yours()];
  const doomed = now.workloads.flatMap(({ workload, pods }) => {
    const mode = modeOfWorkload(workload);
    if (!mode?.mayLose.includes(cause)) return [];
    return pods
      .filter(({ name }) => names.includes(name))
      .map(({ name, sessions }) => {
        const customers = customersAt(name, now);
        const own = yours.has(name) ? 1 : 0;
        // A pod is read once a second, and may hold many that nobody comes back to: what is known of customers goes before.
        const held = isMisroutedByDesign(mode.name) ? 0 : (sessions ?? 0);
        return { customers, own, atRisk: customers > 0 ? customers + own : Math.max(held, own) };
      });
  });
  const sum = (of: 'atRisk' | 'customers' | 'own'): number => doomed.reduce((total, one) => total + one[of], 0);
  return { atRisk: sum('atRisk'), customers: sum('customers'), own: sum('own') };
}

function customersAt(pod: string, { crowd }: BankSnapshot): number {
  return crowd?.customers.filter((one) => one.pod === pod).length ?? 0;
}

function podsOf(workload: string, { now }: BankView): string[] {
  const pods = now().workloads.find((one) => one.workload === workload)?.pods ?? [];
  return pods.filter(({ phase }) => phase !== 'gone').map(({ name }) => name);
}
