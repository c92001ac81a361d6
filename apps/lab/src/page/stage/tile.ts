import { kill, stop } from '../actions.js';
import { button, element, write } from '../element.js';
import type { Autoscaling } from '../../platform/platform.js';
import type { PodSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { cpuShareOf, figuresOf, hasMark } from '../formatted.js';
import { count } from '../words.js';

export interface TileState {
  readonly workload: string;
  readonly pod: PodSnapshot;
  readonly autoscaling: Autoscaling | null;
  /** How many of our customers are there. */
  readonly customers: number;
  /** Your own session is there. */
  readonly yours: boolean;
}

const phases: Readonly<Record<PodSnapshot['phase'], string>> = {
  starting: 'starting',
  ready: 'ready',
  terminating: 'draining',
  gone: 'gone',
};

/** One pod. */
export class Tile {
  readonly root = element('li', 'tile');
  readonly #phase = element('span', 'phase');
  readonly #yours = element('strong', 'yours', 'you');
  readonly #customers = element('p', 'customers');
  readonly #fill = element('i');
  readonly #bar = element('div', 'bar', this.#fill);
  readonly #figures = new Map<string, HTMLElement>();
  readonly #acts = element('p', 'acts');

  constructor({ workload, pod }: TileState, page: Page) {
    const { name } = pod;
    const cells = element('div', 'seats');
    cells.dataset['seats'] = name;
    const title = element('h4', '', name);
    title.title = name;
    this.#bar.setAttribute('aria-hidden', 'true');
    const figures = element('dl', 'figures');
    for (const { label } of figuresOf(workload, pod, null)) {
      const text = element('dd');
      this.#figures.set(label, text);
      figures.append(element('div', '', element('dt', '', label), text));
    }
    this.#acts.append(
      podButton('Kill', name, () => page.actionRunner.do(kill(name, page))),
      podButton('Stop', name, () => page.actionRunner.do(stop(name, page))),
    );
    const [killing, stopping] = this.#acts.children as unknown as [HTMLElement, HTMLElement];
    killing.dataset['act'] = 'kill';
    stopping.dataset['act'] = 'stop';
    this.root.append(
      element('div', 'tile-head', title, this.#yours, this.#phase),
      cells,
      this.#customers,
      figures,
      this.#bar,
      this.#acts,
    );
  }

  show({ workload, pod, autoscaling, customers, yours }: TileState): void {
    this.root.dataset['phase'] = pod.phase;
    this.root.classList.toggle('mine', yours);
    this.#yours.hidden = !yours;
    write(this.#phase, phases[pod.phase]);
    write(this.#customers, count(customers, 'customer'));
    for (const { label, text } of figuresOf(workload, pod, autoscaling)) write(this.#figures.get(label)!, text);
    const share = cpuShareOf(pod, autoscaling);
    this.#fill.style.transform = `scaleX(${share.toFixed(3)})`;
    this.#bar.classList.toggle('marked', hasMark(autoscaling));
    this.#bar.classList.toggle('over', hasMark(autoscaling) && share > 0.5);
  }
}

/** Short to look at, whole to hear. */
function podButton(verb: string, pod: string, pressed: () => Promise<unknown>): HTMLButtonElement {
  const made = button(verb, () => void pressed());
  made.setAttribute('aria-label', `${verb} ${pod}`);
  return made;
}
