import { Children, element, write } from './element.js';
import type { PodNow, WorkloadNow } from './messages.js';
import { cellsOf, cpuShareOf, figuresOf, meaningOf, type Told } from './told.js';

/** For the columns' names alone. */
const noPod: PodNow = {
  name: '',
  phase: 'gone',
  cpu: null,
  memoryBytes: null,
  sessions: null,
  perSecond: null,
  failed: null,
  p99Ms: null,
};

/** One workload: its figures, and a row for each pod. */
export class WorkloadCard {
  readonly root = element('article', 'workload');
  readonly #figures = element('dl');
  readonly #rows = element('tbody');
  readonly #pods: Children<PodNow, PodRow>;
  #now: WorkloadNow;
  readonly #told: Children<Told, Figure>;

  constructor(workload: WorkloadNow) {
    this.#now = workload;
    const title = element('h2', '', workload.workload);
    const labels = ['pod', 'state', ...cellsOf(workload.workload, noPod).map(({ label }) => label)];
    const columns = labels.map((label) => {
      const cell = element('th', '', label);
      cell.scope = 'col';
      return cell;
    });
    const head = element('thead', '', element('tr', '', ...columns));
    const caption = element('caption', '', `The pods of ${workload.workload}`);
    this.root.append(
      title,
      element('p', 'meaning', meaningOf(workload)),
      this.#figures,
      element('table', '', caption, head, this.#rows),
    );
    this.#pods = new Children(
      this.#rows,
      ({ name }) => name,
      () => new PodRow(() => this.#now),
    );
    this.#told = new Children(
      this.#figures,
      ({ label }) => label,
      ({ label }) => new Figure(label),
    );
  }

  show(workload: WorkloadNow): void {
    this.#now = workload;
    this.#told.show(figuresOf(workload));
    this.#pods.show(workload.pods);
  }
}

class Figure {
  readonly #value = element('dd');
  readonly root: HTMLElement;

  constructor(label: string) {
    this.root = element('div', '', element('dt', '', label), this.#value);
  }

  show({ label, text }: Told): void {
    write(this.#value, text);
    this.#value.classList.toggle('failing', label === '5xx' && Number(text) > 0);
  }
}

class PodRow {
  readonly root = element('tr');
  readonly #name = element('th');
  readonly #phase = element('td');
  readonly #fill = element('i');
  readonly #bar = element('div', 'bar', this.#fill);
  readonly #cells = new Map<string, HTMLElement>();

  constructor(private readonly workload: () => WorkloadNow) {
    this.#name.scope = 'row';
    this.#bar.ariaHidden = 'true';
    this.root.append(this.#name, this.#phase);
  }

  show(pod: PodNow): void {
    write(this.#name, pod.name);
    write(this.#phase, pod.phase);
    this.#phase.className = `phase-${pod.phase}`;
    const { workload, autoscaling } = this.workload();
    for (const { label, text } of cellsOf(workload, pod)) write(this.#cell(label), text);
    this.#cell('5xx').parentElement?.classList.toggle('failing', (pod.failed ?? 0) > 0);
    const share = cpuShareOf(pod, autoscaling);
    this.#bar.hidden = share === null;
    this.#bar.classList.toggle('over', (share ?? 0) > 0.5);
    this.#fill.style.width = `${100 * (share ?? 0)}%`;
  }

  #cell(label: string): HTMLElement {
    const known = this.#cells.get(label);
    if (known !== undefined) return known;
    const text = element('span');
    const cell = element('td', '', text);
    cell.dataset['label'] = label;
    if (label === 'CPU') cell.append(this.#bar);
    this.#cells.set(label, text);
    this.root.append(cell);
    return text;
  }
}
