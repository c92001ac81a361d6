import type { Done } from '../protocol/actions.js';
import type { Confirmation } from './confirmation.js';
import { outcomeOf, type Action } from './actions.js';
import { button, element, write } from './element.js';
import { ActionRefused, type LabApi } from './lab.js';

/** Does what a person wants done to the bank: asks first where that costs sessions, and says afterwards what it did cost. */
export class ActionPanel {
  readonly root = element('div', 'said');
  readonly #text = element('p');

  constructor(
    private readonly lab: LabApi,
    private readonly confirmation: Confirmation,
  ) {
    this.#text.setAttribute('role', 'status');
    this.root.append(
      this.#text,
      button('Close', () => (this.root.hidden = true), 'quiet'),
    );
    this.root.hidden = true;
  }

  /** Undefined where it was not done: the page says why. */
  async do(action: Action): Promise<Done | undefined> {
    if (action.atRisk > 0 && !(await this.confirmation.about(action))) return undefined;
    this.say(`${action.order}: under way…`);
    try {
      const done = await this.lab.ask<Done>('POST', action.path, action.body ?? {});
      this.say(outcomeOf(done, action.own));
      return done;
    } catch (error) {
      this.sayRefused(action.order, error);
      return undefined;
    }
  }

  say(sentence: string): void {
    this.root.hidden = false;
    this.root.classList.remove('refused');
    write(this.#text, sentence);
  }

  /** @throws what is no refusal */
  sayRefused(order: string, error: unknown): void {
    if (!(error instanceof ActionRefused)) throw error;
    this.say(`${order}: refused. ${error.message}`);
    this.root.classList.add('refused');
  }
}
