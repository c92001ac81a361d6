import { element, write } from '../element.js';
import { noMoreOften } from './soon.js';

export interface SliderOptions {
  readonly label: string;
  readonly unit: string;
  readonly step: number;
  /** Told what is chosen, also while it is being dragged, but not at every pixel. */
  readonly chosen: (value: number) => void;
}

const reportEveryMs = 150;
/** After a choice, what the lab tells for so long may still be from before it. */
const ownMs = 1_500;

/** A number that acts as soon as it is changed. */
export class Slider {
  readonly root: HTMLElement;
  readonly #input = element('input');
  readonly #value = element('output');
  #chosenAt = -Infinity;

  constructor(private readonly options: SliderOptions) {
    const { label, step, chosen } = options;
    this.#input.type = 'range';
    this.#input.min = '0';
    this.#input.step = String(step);
    const report = noMoreOften(reportEveryMs, chosen);
    this.#input.addEventListener('input', () => {
      this.#chosenAt = performance.now();
      this.#write();
      report(this.#input.valueAsNumber);
    });
    const name = element('label', '', label);
    // An output takes a label, too: around both, it would be named and not what is moved.
    name.htmlFor = this.#input.id = `slider-${label.replaceAll(/\W+/g, '-')}`;
    this.root = element('div', 'slider', name, this.#value, this.#input);
  }

  show(value: number, max: number): void {
    this.#input.max = String(max);
    if (performance.now() - this.#chosenAt < ownMs) return;
    this.#input.value = String(value);
    this.#write();
  }

  #write(): void {
    const text = `${this.#input.value} ${this.options.unit}`;
    write(this.#value, text);
    this.#input.setAttribute('aria-valuetext', text);
  }
}
