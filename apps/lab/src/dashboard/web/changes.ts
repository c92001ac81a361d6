import type { BankNow, Change } from './messages.js';

/** How many of the last happenings are kept. */
export const happeningsKept = 50;

/** What to tell somebody who knows how things were before. */
export function changeBetween(before: BankNow, now: BankNow): Change {
  const known = new Map(before.workloads.map((one) => [one.workload, JSON.stringify(one)]));
  const still = new Set(now.workloads.map(({ workload }) => workload));
  const last = before.happenings.at(-1)?.id ?? 0;
  return {
    at: now.at,
    readAt: now.readAt,
    fault: now.fault,
    workloads: now.workloads.filter((one) => known.get(one.workload) !== JSON.stringify(one)),
    without: [...known.keys()].filter((name) => !still.has(name)),
    happenings: now.happenings.filter(({ id }) => id > last),
  };
}

/** How things are after a change. */
export function changed(before: BankNow, { at, readAt, fault, workloads, without, happenings }: Change): BankNow {
  const kept = before.workloads.filter(({ workload }) => !without.includes(workload));
  const known = new Set(kept.map(({ workload }) => workload));
  return {
    bank: before.bank,
    at,
    readAt,
    fault,
    workloads: [
      ...kept.map((old) => workloads.find(({ workload }) => workload === old.workload) ?? old),
      ...workloads.filter(({ workload }) => !known.has(workload)),
    ],
    happenings: [...before.happenings, ...happenings].slice(-happeningsKept),
  };
}
