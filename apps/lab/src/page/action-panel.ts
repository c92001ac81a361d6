import type { Done } from '../protocol/actions.js';
import type { Confirmation } from './confirmation.js';
import { outcomeOf, type Action } from './actions.js';
import { button, element, write } from './element.js';
import { ActionRefused, type LabApi } from './lab.js';

/** So long what was said may be read; it stays for as long as the pointer or the focus is on it. */
const readMs = 20_000;

/** Does what a person wants done to the bank: asks first where that costs sessions, and says afterwards what it did cost. */
export class ActionPanel {
  readonly root = element('div', 'said');
  readonly #text = element('p');
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #askedFrom: Element | null = null;

  constructor(
    private readonly lab: LabApi,
    private readonly confirmation: Confirmation,
  ) {
    this.#text.setAttribute('role', 'status');
    this.root.append(
      this.#text,
      button('Close', () => this.#close(), 'quiet'),
    );
    this.root.hidden = true;
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && document.querySelector('dialog[open]') === null) this.#close();
    });
  }

  /** Undefined where it was not done: the page says why. */
  async do(action: Action): Promise<Done | undefined> {
    if (action.atRisk > 0 && !(await this.confirmation.about(action))) return undefined;
    this.#show(`${action.order}: under way…`);
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
    this.#show(sentence);
    this.#leaveSoon();
  }

  /** @throws what is no refusal */
  sayRefused(order: string, error: unknown): void {
    if (!(error instanceof ActionRefused)) throw error;
    this.say(`${order}: refused. ${error.message}`);
    this.root.classList.add('refused');
  }

  #show(sentence: string): void {
    clearTimeout(this.#leaving);
    if (this.root.hidden) this.#askedFrom = document.activeElement;
    this.root.hidden = false;
    this.root.classList.remove('refused');
    write(this.#text, sentence);
  }

  #leaveSoon(): void {
    this.#leaving = setTimeout(() => {
      if (this.root.matches(':hover, :focus-within')) this.#leaveSoon();
      else this.#close();
    }, readMs);
  }

  #close(): void {
    clearTimeout(this.#leaving);
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = true;
    if (hadFocus && this.#askedFrom instanceof HTMLElement) this.#askedFrom.focus({ preventScroll: true });
  }
}
