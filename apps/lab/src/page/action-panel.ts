import type { Done } from '../protocol/actions.js';
import type { Confirmation } from './confirmation.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import type { Action } from './actions.js';
import { button, element, write } from './element.js';
import { ActionRefused, type LabApi } from './lab.js';
import { costInWords, doneInWords, outcomeOf } from './outcome.js';

/** So long what was said may be read; it stays for as long as the pointer or the focus is on it. */
const readMs = 20_000;

/** Does what a person wants done to the bank: asks first where that costs sessions, and says at once what it has cost so far. */
export class ActionPanel {
  readonly root = element('div', 'said');
  readonly #text = element('p');
  /** What changes several times a second would be read out each time in the line above. */
  readonly #counting = element('span', 'counting');
  /** What the message is about, for as long as its cost is counted. */
  #followed: { readonly id: string; readonly own: number } | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #askedFrom: Element | null = null;

  constructor(
    private readonly lab: LabApi,
    private readonly confirmation: Confirmation,
  ) {
    this.#text.setAttribute('role', 'status');
    this.root.append(
      element('div', '', this.#text, this.#counting),
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
      this.#show(doneInWords(done, action.own));
      this.#followed = { id: done.id, own: action.own };
      this.#tell(done);
      return done;
    } catch (error) {
      this.sayRefused(action.order, error);
      return undefined;
    }
  }

  /** Goes on telling what the latest action has cost by now. */
  hear({ done }: Pick<BankSnapshot, 'done'>): void {
    const followed = done.find(({ id }) => id === this.#followed?.id);
    if (followed !== undefined) this.#tell(followed);
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

  #tell(done: Done): void {
    if (done.isCounted) {
      write(this.#text, outcomeOf(done, this.#followed?.own));
      this.#followed = undefined;
    }
    write(this.#counting, done.isCounted ? '' : costInWords(done));
    this.#leaveSoon();
  }

  #show(sentence: string): void {
    clearTimeout(this.#leaving);
    this.#followed = undefined;
    write(this.#counting, '');
    if (this.root.hidden) this.#askedFrom = document.activeElement;
    this.root.hidden = false;
    this.root.classList.remove('refused');
    write(this.#text, sentence);
  }

  #leaveSoon(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => {
      if (this.root.matches(':hover, :focus-within')) this.#leaveSoon();
      else this.#close();
    }, readMs);
  }

  #close(): void {
    clearTimeout(this.#leaving);
    this.#followed = undefined;
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = true;
    if (hadFocus && this.#askedFrom instanceof HTMLElement) this.#askedFrom.focus({ preventScroll: true });
  }
}
