import { element, found, timeElement, write } from '../element.js';
import type { BankNow, ModeNow } from '../messages.js';
import { causeInWords, causeOrder } from '../words.js';

/** What was lost under which cause, at each counter, and since when that is counted. */
export class LossesTable {
  readonly #head = element('tr');
  readonly #rows = element('tbody');
  readonly #table = element('table', '', element('thead', '', this.#head), this.#rows);
  #shown = '';

  constructor() {
    this.#table.prepend(element('caption', 'unseen', 'Lost sessions and failed requests by cause'));
    found('losses').append(this.#table);
  }

  show({ crowd }: BankNow): void {
    const modes = crowd?.modes ?? [];
    // Rows that are drawn anew could not be marked or read out in peace.
    const told = JSON.stringify(modes.map(({ mode, since, lostBy, failedBy }) => [mode, since, lostBy, failedBy]));
    if (told === this.#shown) return;
    this.#shown = told;
    const lost = rowsOf(modes, 'session', ({ lostBy }) => lostBy);
    const failed = rowsOf(modes, 'request', ({ failedBy }) => failedBy);
    this.#table.hidden = lost.length + failed.length === 0;
    write(found('nothing-lost'), this.#table.hidden ? 'Nothing yet.' : '');
    this.#head.replaceChildren(cell('th', 'what'), ...modes.map(({ mode, since }) => headOf(mode, since)));
    this.#rows.replaceChildren(...lost, ...failed);
  }
}

function rowsOf(modes: readonly ModeNow[], thing: string, of: (mode: ModeNow) => Readonly<Record<string, number>>) {
  const causes = new Set(modes.flatMap((mode) => Object.keys(of(mode)).filter((cause) => (of(mode)[cause] ?? 0) > 0)));
  const known = causeOrder.filter((cause) => causes.has(cause));
  const others = [...causes].filter((cause) => !causeOrder.includes(cause));
  return [...known, ...others].map((cause) => {
    const numbers = modes.map((mode) => cell('td', String(of(mode)[cause] ?? 0)));
    const name = cell('th', `${thing}s: ${causeInWords(cause)}`);
    name.scope = 'row';
    if (thing === 'session') numbers.forEach((one) => one.classList.toggle('some', one.textContent !== '0'));
    return element('tr', '', name, ...numbers);
  });
}

function headOf(mode: string, since: number): HTMLElement {
  const made = cell('th', mode);
  made.scope = 'col';
  made.append(element('small', '', 'since ', timeElement(since)));
  return made;
}

function cell(name: 'th' | 'td', text: string): HTMLTableCellElement {
  return element(name, '', text);
}
