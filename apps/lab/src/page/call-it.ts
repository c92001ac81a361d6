import { element, found, write } from './element.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import { bankAddress } from './formatted.js';
import { tryIt } from './try-it.js';

/** How to call the bank from a terminal. */
export class CallIt {
  readonly #lines = element('code');

  constructor() {
    const displayed = element('pre', '', this.#lines);
    // On a narrow screen it scrolls, for who has no mouse, too.
    displayed.tabIndex = 0;
    found('call').append(displayed);
  }

  show(now: BankSnapshot): void {
    const address = bankAddress(now, location);
    found('call').hidden = address === '';
    write(this.#lines, tryIt(address).join('\n'));
  }
}
