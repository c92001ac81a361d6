import type { Done } from './acting.js';
import type { AskFirst } from './ask-first.js';
import { outcomeOf, type Deed } from './deeds.js';
import { button, element, write } from './element.js';
import { Refused, type Lab } from './lab.js';

/** Does what a person wants done to the bank: asks first where that costs sessions, and says afterwards what it did cost. */
export class Performer {
  readonly root = element('div', 'said');
  readonly #text = element('p');

  constructor(
    private readonly lab: Lab,
    private readonly askFirst: AskFirst,
  ) {
    this.#text.setAttribute('role', 'status');
    this.root.append(
      this.#text,
      button('Close', () => (this.root.hidden = true), 'quiet'),
    );
    this.root.hidden = true;
  }

  /** Undefined where it was not done: the page says why. */
  async do(deed: Deed): Promise<Done | undefined> {
    if (deed.atRisk > 0 && !(await this.askFirst.about(deed))) return undefined;
    this.say(`${deed.order}: under way…`);
    try {
      const done = await this.lab.ask<Done>('POST', deed.path, deed.body ?? {});
      this.say(outcomeOf(done, deed.own));
      return done;
    } catch (error) {
      this.sayRefused(deed.order, error);
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
    if (!(error instanceof Refused)) throw error;
    this.say(`${order}: refused. ${error.message}`);
    this.root.classList.add('refused');
  }
}
