import type { ModeName } from '../../bank/modes.js';
import type { CrowdOption } from '../../protocol/actions.js';
import { KeyedList } from '../keyed-list.js';
import { pauseStore } from '../actions.js';
import { button, element, found, whyNot, write } from '../element.js';
import type { BankSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { isMeasuring } from '../formatted.js';
import { colourOf, meaningOf } from '../words.js';
import { Slider } from './slider.js';

/** Which modes are compared, who comes to them, and what can be broken beside pods. */
export class CrowdPanel {
  readonly #choices: KeyedList<string, ModeChoice>;
  readonly #customers: Slider;
  readonly #arrivals: Slider;
  readonly #none = element('p', 'faint');
  readonly #controls = element('div', 'controls');
  readonly #settings = element('p', 'faint');
  #chosen: readonly string[] = [];

  constructor(private readonly page: Page) {
    const modes = element('fieldset', 'choices', element('legend', '', 'Compare'));
    this.#choices = new KeyedList(
      modes.appendChild(element('div')),
      (mode) => mode,
      (mode) => new ModeChoice(mode as ModeName, () => this.#choose()),
    );
    this.#customers = new Slider({
      label: 'Customers in each mode, at most',
      unit: 'at a time',
      step: 1,
      chosen: (customers) => this.#desired({ customers }),
    });
    this.#arrivals = new Slider({
      label: 'Who come to each mode',
      unit: 'a second',
      step: 0.5,
      chosen: (arrivalsPerSecond) => this.#desired({ arrivalsPerSecond }),
    });
    this.#controls.dataset['act'] = 'crowd';
    this.#controls.append(modes, this.#customers.root, this.#arrivals.root);
    found('panel-crowd').append(this.#none, whyNot('crowd'), this.#controls, this.#settings, pausing(page));
  }

  show(now: BankSnapshot): void {
    const { crowd } = now;
    this.#none.hidden = crowd !== null;
    write(this.#none, 'This lab sends no customers: it shows what others do to the bank.');
    this.#controls.inert = crowd === null;
    if (crowd === null) return;
    const { modes, available, customers, maxCustomers, arrivalsPerSecond, maxArrivals, thinkMs } = crowd.settings;
    this.#chosen = modes;
    this.#choices.show(available);
    for (const choice of this.#choices.values()) choice.check(modes);
    this.#customers.show(customers, maxCustomers);
    this.#arrivals.show(arrivalsPerSecond, maxArrivals);
    write(
      this.#settings,
      (customers === 0
        ? 'Nobody comes yet. Move the slider above, and customers come at once. '
        : `At each of ${modes.length} modes: at most ${customers} customers at a time, ${arrivalsPerSecond} come a second. `) +
        `Each signs in, looks, moves money in three steps and leaves, with ${thinkMs / 1_000} s of thought in between.` +
        (isMeasuring(now) ? ' They are at home until the experiment is over.' : ''),
    );
  }

  #choose(): void {
    const modes = [...this.#choices.values()].filter(({ checked }) => checked).map(({ mode }) => mode);
    if (modes.length > 0) return this.#desired({ modes });
    this.page.actionRunner.say('One mode has to stay.');
    for (const choice of this.#choices.values()) choice.check(this.#chosen);
  }

  #desired(desired: CrowdOption): void {
    this.page.lab
      .ask('PUT', 'crowd', desired)
      .catch((error: unknown) => this.page.actionRunner.sayRefused('Change the customers', error));
  }
}

class ModeChoice {
  readonly root: HTMLElement;
  readonly #box = element('input');
  #pressedAt = -Infinity;

  constructor(
    readonly mode: ModeName,
    changed: () => void,
  ) {
    this.#box.type = 'checkbox';
    this.#box.addEventListener('change', () => {
      this.#pressedAt = performance.now();
      changed();
    });
    const name = element('strong', '', element('i', `swatch ${colourOf(mode)}`), mode);
    this.root = element('label', 'choice', this.#box, element('span', '', name, element('small', '', meaningOf(mode))));
  }

  get checked(): boolean {
    return this.#box.checked;
  }

  show(): void {}

  check(modes: readonly string[]): void {
    // What was pressed a moment ago counts more than what is told from before.
    if (performance.now() - this.#pressedAt < 1_500 && modes.length > 0) return;
    this.#box.checked = modes.includes(this.mode);
  }
}

function pausing(page: Page): HTMLElement {
  const seconds = element('select');
  seconds.append(...[2, 5, 10, 30].map((value) => new Option(`${value} s`, String(value), value === 5, value === 5)));
  const label = element('label', '', 'Redis answers nobody for ', seconds);
  const pause = button('Pause Redis', () => void page.actionRunner.do(pauseStore(Number(seconds.value))));
  const all = element('div', 'controls', element('h3', '', 'Break the store'), element('p', 'row', label, pause));
  all.dataset['act'] = 'pause-store';
  return all;
}
