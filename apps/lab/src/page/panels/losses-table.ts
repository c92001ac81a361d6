import { element, found, timeElement, write } from '../element.js';
import type { BankSnapshot } from '../../protocol/snapshots.js';
import { lossRowsOf, type CauseRow } from '../formatted.js';

/** What was lost under which cause, in each mode, and since when that is counted. */
export class LossesTable {
  readonly #head = element('tr');
  readonly #rows = element('tbody');
  readonly #table = element('table', '', element('thead', '', this.#head), this.#rows);
  #displayed = '';

  constructor() {
    this.#table.prepend(element('caption', 'unseen', 'Lost sessions and failed requests by cause'));
    found('losses').append(this.#table);
  }

  show({ crowd }: BankSnapshot): void {
    const modes = crowd?.modes ?? [];
    // Rows that are drawn anew could not be marked or read out in peace.
    const reported = JSON.stringify(
      modes.map(({ mode, since, lostBy, awaited, failedBy }) => [mode, since, lostBy, awaited, failedBy]),
    );
    if (reported === this.#displayed) return;
    this.#displayed = reported;
    const rows = lossRowsOf(modes).map(rowOf);
    this.#table.hidden = rows.length === 0;
    write(found('nothing-lost'), this.#table.hidden ? 'Nothing yet.' : '');
    this.#head.replaceChildren(cell('th', 'what'), ...modes.map(({ mode, since }) => headOf(mode, since)));
    this.#rows.replaceChildren(...rows);
  }
}

function rowOf({ label, numbers }: CauseRow): HTMLElement {
  const name = cell('th', label);
  name.scope = 'row';
  const cells = numbers.map((number) => {
    const made = cell('td', String(number));
    made.classList.toggle('some', number > 0);
    return made;
  });
  return element('tr', '', name, ...cells);
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
