import { found, write } from './element.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import { roughly, timeOfDay } from './formatted.js';

/** Figures that are older than this are told to be. */
const oldMs = 5_000;
const reportedForMs = 10_000;

/** Whether what is shown is how things are: connection, lab, and the pods behind it. */
export class StatusLine {
  #lostAt: number | undefined;
  #backAt = 0;
  #awayMs = 0;
  #restarted = false;

  show(now: BankSnapshot): void {
    if (this.#lostAt !== undefined) {
      this.#backAt = Date.now();
      this.#awayMs = this.#backAt - this.#lostAt;
      this.#lostAt = undefined;
    }
    write(found('bank'), now.bank);
    const justBack = Date.now() - this.#backAt < reportedForMs;
    const how = this.#restarted ? 'The lab was restarted' : `Live again, after ${roughly(this.#awayMs)} without`;
    this.#connection('live', justBack ? how : 'Live');
    if (!justBack) this.#restarted = false;
    const fault = faultOf(now);
    found('fault').hidden = fault === '';
    write(found('fault'), fault);
    document.body.classList.toggle('stale', isOld(now));
  }

  lost(since: number): void {
    this.#lostAt ??= since;
    this.#connection('lost', `Connection lost at ${timeOfDay(this.#lostAt)}; trying again`);
    document.body.classList.add('stale');
  }

  restarted(): void {
    this.#restarted = true;
    this.#backAt = Date.now();
  }

  #connection(state: 'live' | 'lost', text: string): void {
    found('connection').className = state;
    write(found('connection'), text);
  }
}

function faultOf({ at, readAt, fault, workloads }: BankSnapshot): string {
  if (readAt === null) return fault ?? 'Asking the pods…';
  const age = at - readAt > oldMs ? `The figures are ${roughly(at - readAt)} old.` : '';
  return [fault, workloads.length === 0 ? 'The bank has no workloads.' : '', age].filter(Boolean).join(' ');
}

function isOld({ at, readAt }: BankSnapshot): boolean {
  return readAt !== null && at - readAt > oldMs;
}
