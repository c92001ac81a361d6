import { Connection } from './connection.js';
import { Children, element, found, write } from './element.js';
import type { BankNow, Happening } from './messages.js';
import { roughly } from './told.js';
import { WorkloadCard } from './workload-card.js';

/** Figures that are older than this are told to be. */
const oldMs = 5_000;
const toldForMs = 10_000;

const workloads = new Children(
  found('workloads'),
  ({ workload }) => workload,
  (one: BankNow['workloads'][number]) => new WorkloadCard(one),
);
const happenings = new Children(
  found('happenings'),
  ({ id, at }) => `${id} ${at}`,
  (one: Happening) => {
    const when = element('time', '', timeOfDay(one.at));
    when.dateTime = new Date(one.at).toISOString();
    return { root: element('li', '', when, element('span', '', one.sentence)), show: () => {} };
  },
);
let lostAt: number | undefined;
let backAt = 0;
let awayMs = 0;

new Connection({ show, lost }).open();

function show(now: BankNow): void {
  if (lostAt !== undefined) {
    backAt = Date.now();
    awayMs = backAt - lostAt;
    lostAt = undefined;
  }
  write(found('bank'), now.bank);
  connection('live', Date.now() - backAt < toldForMs ? `Live again, after ${roughly(awayMs)} without` : 'Live');
  const fault = faultOf(now);
  found('fault').hidden = fault === '';
  write(found('fault'), fault);
  document.body.classList.toggle('stale', isOld(now));
  workloads.show(now.workloads);
  found('quiet').hidden = now.happenings.length > 0;
  happenings.show(now.happenings.toReversed());
}

function lost(since: number): void {
  lostAt ??= since;
  connection('lost', `Connection lost at ${timeOfDay(lostAt)}; trying again`);
  document.body.classList.add('stale');
}

function connection(state: 'live' | 'lost', text: string): void {
  found('connection').className = state;
  write(found('connection'), text);
}

function faultOf({ at, readAt, fault, workloads: shown }: BankNow): string {
  if (readAt === null) return fault ?? 'Asking the pods…';
  const age = at - readAt > oldMs ? `The figures are ${roughly(at - readAt)} old.` : '';
  return [fault, shown.length === 0 ? 'The bank has no workloads.' : '', age].filter(Boolean).join(' ');
}

function isOld({ at, readAt }: BankNow): boolean {
  return readAt !== null && at - readAt > oldMs;
}

function timeOfDay(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
