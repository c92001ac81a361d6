import { kill, stop } from '../actions.js';
import { button, element, write } from '../element.js';
import type { Autoscaling } from '../../platform/platform.js';
import type { PodSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { modeOfWorkload } from '../../bank/modes.js';
import { terms } from '../terms.js';
import { colourOf, phaseInWords } from '../words.js';
import { cpuShareOf, figuresOf, hasMark } from '../formatted.js';

export interface TileState {
  readonly workload: string;
  readonly pod: PodSnapshot;
  readonly autoscaling: Autoscaling | null;
  /** Who is there, in words. */
  readonly inside: string;
  /** As many of them as there are dots, for paper, on which nothing moves. */
  readonly dots: number;
  /** Your own session is there. */
  readonly yours: boolean;
}

/** One pod. */
export class Tile {
  readonly root = element('li', 'tile');
  readonly #phase = element('span', 'phase');
  readonly #yours = element('strong', 'yours', 'you');
  readonly #seats = element('div', 'seats');
  readonly #customers = element('p', 'customers');
  readonly #fill = element('i');
  readonly #bar = element('div', 'bar', this.#fill);
  readonly #figures = new Map<string, HTMLElement>();
  readonly #acts = element('p', 'acts');

  constructor({ workload, pod }: TileState, page: Page) {
    const { name } = pod;
    this.#seats.dataset['seats'] = name;
    const mode = modeOfWorkload(workload)?.name;
    if (mode !== undefined) this.#seats.classList.add(colourOf(mode));
    const title = element('h4', '', name);
    title.title = name;
    this.#bar.setAttribute('aria-hidden', 'true');
    const figures = element('dl', 'figures');
    for (const { label } of figuresOf(workload, pod, null)) {
      const text = element('dd');
      this.#figures.set(label, text);
      const term = element('dt', '', label);
      term.title = terms[label] ?? '';
      figures.append(element('div', '', term, text));
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
      this.#seats,
      this.#customers,
      figures,
      this.#bar,
      this.#acts,
    );
  }

  show({ workload, pod, autoscaling, inside, dots, yours }: TileState): void {
    this.root.dataset['phase'] = pod.phase;
    this.root.classList.toggle('mine', yours);
    this.#yours.hidden = !yours;
    write(this.#phase, phaseInWords(pod.phase));
    this.#seats.dataset['dots'] = '●'.repeat(dots);
    write(this.#customers, inside);
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
