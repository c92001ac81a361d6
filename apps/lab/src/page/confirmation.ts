import { button, element, found, write } from './element.js';
import type { Action } from './actions.js';
import { forecastOf } from './outcome.js';

/** A dialog that says what is about to be lost, before it is. */
export class Confirmation {
  readonly #dialog = element('dialog', 'ask');
  readonly #title = element('h2');
  readonly #text = element('p');
  readonly #yes = button('', () => this.#dialog.close('yes'), 'danger');

  constructor() {
    this.#title.id = 'ask-title';
    this.#dialog.setAttribute('aria-labelledby', this.#title.id);
    const no = button('Leave it', () => this.#dialog.close('no'));
    no.autofocus = true;
    this.#dialog.append(this.#title, this.#text, element('p', 'row', this.#yes, no));
    found('dialogs').append(this.#dialog);
  }

  about(action: Action): Promise<boolean> {
    const { order, atRisk } = action;
    write(this.#title, `${order}?`);
    write(this.#text, forecastOf(action));
    write(this.#yes, `${order.split(' ')[0]}, and lose ${atRisk === 1 ? 'it' : 'them'}`);
    this.#dialog.returnValue = '';
    this.#dialog.showModal();
    return new Promise((resolve) =>
      this.#dialog.addEventListener('close', () => resolve(this.#dialog.returnValue === 'yes'), { once: true }),
    );
  }
}
