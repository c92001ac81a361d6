import { element, found, write } from './element.js';
import type { BankNow } from './messages.js';
import { doorOf } from './told.js';
import { tryIt } from './try-it.js';

/** How to call the bank from a terminal. */
export class CallIt {
  readonly #lines = element('code');

  constructor() {
    const shown = element('pre', '', this.#lines);
    // On a narrow screen it scrolls, for who has no mouse, too.
    shown.tabIndex = 0;
    found('call').append(shown);
  }

  show(now: BankNow): void {
    const door = doorOf(now, location);
    found('call').hidden = door === '';
    write(this.#lines, tryIt(door).join('\n'));
  }
}
