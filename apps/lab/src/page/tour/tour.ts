import { button, element, found, write } from '../element.js';
import { tourSteps, type Guide } from './steps.js';

/** The guided tour, large enough to be projected: it says what to see, and each step has a button that does it. */
export class Tour {
  readonly #root = found('tour');
  readonly #title = element('h2');
  readonly #text = element('p');
  readonly #action = button('', () => void this.#do());
  readonly #mark = element('strong', 'did');
  readonly #back = button('Back', () => this.#go(-1));
  readonly #next = button('Next', () => this.#go(1));
  readonly #end = button('End the tour', () => this.#leave());
  readonly #done = new Set<number>();
  #step = 0;

  constructor(private readonly guide: Guide) {
    this.#title.tabIndex = -1;
    this.#mark.setAttribute('role', 'status');
    const row = element('p', 'row', this.#action, this.#mark, this.#back, this.#next, this.#end);
    this.#root.append(this.#title, this.#text, row);
    found('tour-begin').addEventListener('click', () => this.#goTo(1));
  }

  show(number: number): void {
    const changed = number !== this.#step;
    this.#step = number;
    const step = tourSteps[number - 1];
    this.#root.hidden = step === undefined;
    if (step === undefined) return;
    write(this.#title, `${number} of ${tourSteps.length}: ${step.title}`);
    write(this.#text, step.text);
    this.#back.hidden = number === 1;
    this.#next.hidden = number === tourSteps.length;
    if (!changed) return;
    write(this.#action, step.action?.text ?? '');
    this.hear();
  }

  /** Shows the button of a step where there is something to do, and it may be done; what comes next is the one that stands out. */
  hear(): void {
    const action = tourSteps[this.#step - 1]?.action;
    const isThere =
      action !== undefined && this.guide.page.lab.can(action.act) && action.needed?.(this.guide) !== false;
    this.#action.hidden = !isThere;
    const isDone = this.#done.has(this.#step);
    write(this.#mark, isDone ? '✓ done' : '');
    this.#mark.hidden = !isDone;
    const primary = isThere && !isDone ? this.#action : this.#next.hidden ? this.#end : this.#next;
    for (const one of [this.#action, this.#next, this.#end]) one.classList.toggle('primary', one === primary);
  }

  #leave(): void {
    this.guide.page.address.go({ tour: 0 });
    this.#done.clear();
    found('tour-begin').focus();
  }

  #go(by: number): void {
    this.#goTo(this.#step + by);
  }

  #goTo(number: number): void {
    this.guide.page.address.go({ ...tourSteps[number - 1]?.shows, tour: number });
    this.#title.focus();
  }

  async #do(): Promise<void> {
    const number = this.#step;
    const step = tourSteps[number - 1];
    // Disabled, it would lose the focus.
    if (this.#action.ariaDisabled === 'true') return;
    this.#action.ariaDisabled = 'true';
    try {
      this.guide.page.address.go({ ...step?.shows });
      if (await step?.action?.do(this.guide)) this.#done.add(number);
    } catch (error) {
      this.guide.page.actionRunner.sayRefused(step?.action?.text ?? '', error);
    } finally {
      this.#action.ariaDisabled = 'false';
      this.hear();
    }
  }
}
