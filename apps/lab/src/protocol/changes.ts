import type { BankSnapshot, SnapshotChange, CrowdChange, CrowdSnapshot } from './snapshots.js';

/** How many of the last events are kept. */
export const eventsKept = 50;
/** How many of the last losses are kept. */
export const lossesKept = 200;

/** What to tell somebody who knows how things were before. */
export function changeBetween(
  before: BankSnapshot,
  now: BankSnapshot,
  answered: Readonly<Record<string, number>> = {},
): SnapshotChange {
  const last = before.events.at(-1)?.id ?? 0;
  const events = now.events.filter(({ id }) => id > last);
  const crowd = crowdChangeBetween(before.crowd, now.crowd, answered);
  return {
    at: now.at,
    readAt: now.readAt,
    fault: now.fault,
    ...workloadsBetween(before.workloads, now.workloads),
    ...(events.length > 0 && { events }),
    ...(crowd !== undefined && { crowd }),
    ...(isOther(before.may, now.may) && { may: now.may }),
    ...(isOther(before.audit, now.audit) && { audit: now.audit }),
    ...(isOther(before.experiments, now.experiments) && { experiments: now.experiments }),
    ...(isOther(before.done, now.done) && { done: now.done }),
  };
}

/** How things are after a change. */
export function changed(before: BankSnapshot, change: SnapshotChange): BankSnapshot {
  const { at, readAt, fault, workloads = [], without = [], events = [], crowd } = change;
  const kept = before.workloads.filter(({ workload }) => !without.includes(workload));
  const known = new Set(kept.map(({ workload }) => workload));
  return {
    ...before,
    at,
    readAt,
    fault,
    workloads: [
      ...kept.map((old) => workloads.find(({ workload }) => workload === old.workload) ?? old),
      ...workloads.filter(({ workload }) => !known.has(workload)),
    ],
    events: [...before.events, ...events].slice(-eventsKept),
    may: change.may ?? before.may,
    crowd: before.crowd === null || crowd === undefined ? before.crowd : crowdAfter(before.crowd, crowd),
    audit: change.audit === undefined ? before.audit : change.audit,
    experiments: change.experiments === undefined ? before.experiments : change.experiments,
    done: change.done ?? before.done,
  };
}

function workloadsBetween(
  before: BankSnapshot['workloads'],
  now: BankSnapshot['workloads'],
): Pick<SnapshotChange, 'workloads' | 'without'> {
  if (before === now) return {};
  const known = new Map(before.map((one) => [one.workload, JSON.stringify(one)]));
  const still = new Set(now.map(({ workload }) => workload));
  const workloads = now.filter((one) => known.get(one.workload) !== JSON.stringify(one));
  const without = [...known.keys()].filter((name) => !still.has(name));
  return { ...(workloads.length > 0 && { workloads }), ...(without.length > 0 && { without }) };
}

function crowdChangeBetween(
  before: CrowdSnapshot | null,
  now: CrowdSnapshot | null,
  answered: Readonly<Record<string, number>>,
): CrowdChange | undefined {
  if (before === null || now === null) return undefined;
  const were = new Map(before.customers.map((one) => [one.id, one.pod]));
  const are = new Set(now.customers.map(({ id }) => id));
  const arrived = now.customers.filter(({ id }) => !were.has(id));
  const moved = now.customers.flatMap(({ id, pod }) =>
    were.has(id) && were.get(id) !== pod ? [[id, pod] as const] : [],
  );
  const left = before.customers.flatMap(({ id }) => (are.has(id) ? [] : [id]));
  const last = before.losses.at(-1)?.id ?? 0;
  const losses = now.losses.filter(({ id }) => id > last);
  const change: CrowdChange = {
    ...(isOther(before.settings, now.settings) && { settings: now.settings }),
    ...(isOther(before.modes, now.modes) && { modes: now.modes }),
    ...(arrived.length > 0 && { arrived }),
    ...(moved.length > 0 && { moved }),
    ...(left.length > 0 && { left }),
    ...(losses.length > 0 && { losses }),
    ...(Object.keys(answered).length > 0 && { answered }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

function crowdAfter(before: CrowdSnapshot, change: CrowdChange): CrowdSnapshot {
  const { settings, modes, arrived = [], moved = [], left = [], losses = [] } = change;
  const gone = new Set(left);
  const pods = new Map(moved);
  const remained = before.customers.filter(({ id }) => !gone.has(id));
  return {
    settings: settings ?? before.settings,
    modes: modes ?? before.modes,
    customers: [
      ...remained.map((one) => (pods.has(one.id) ? { ...one, pod: pods.get(one.id) ?? null } : one)),
      ...arrived,
    ],
    losses: [...before.losses, ...losses].slice(-lossesKept),
  };
}

/** Compares plain JSON; what is the same object is not looked into. */
function isOther(before: unknown, now: unknown): boolean {
  return before !== now && JSON.stringify(before) !== JSON.stringify(now);
}
