import { modeNames, modes, type ModeName } from '../../bank/modes.js';
import { KeyedList } from '../keyed-list.js';
import { element, found, write } from '../element.js';
import { History, newestOf, shareInWords, smoothed, type Sample } from '../history.js';
import type { BankSnapshot, WorkloadSnapshot } from '../../protocol/snapshots.js';
import { scalingOf } from '../formatted.js';
import { colourOf } from '../words.js';
import { LineChart } from './line-chart.js';

interface ScalingState {
  readonly mode: ModeName;
  readonly workload: WorkloadSnapshot;
  readonly samples: readonly Sample[];
}

/** How each compared mode scales: its autoscaler, its pods over time, and how they share the load. */
export class ScalingPanel {
  readonly #history = new History();
  readonly #modes: KeyedList<ScalingState, ScalingOfMode>;
  #readAt: number | null = null;
  #now: BankSnapshot | undefined;

  constructor() {
    const panel = found('panel-scaling');
    const add = element('span', '', ' Add a pod with + and watch it.');
    add.dataset['act'] = 'scale';
    panel.append(element('p', 'faint', 'Each line is a pod; the thick one is the pod that came last.', add));
    this.#modes = new KeyedList(
      panel.appendChild(element('div', 'scalings')),
      ({ mode }) => mode,
      ({ mode }) => new ScalingOfMode(mode),
    );
  }

  show(now: BankSnapshot): void {
    this.#history.hear(now);
    this.#now = now;
    // Nothing is drawn that nobody can see, nor twice.
    if (found('panel-scaling').hidden || document.hidden || now.readAt === this.#readAt) return;
    this.#readAt = now.readAt;
    const compared = now.crowd?.settings.modes ?? modeNames;
    this.#modes.show(
      modeNames.flatMap((mode) => {
        const workload = now.workloads.find((one) => one.workload === modes[mode].workload);
        if (workload === undefined || !compared.includes(mode)) return [];
        return [{ mode, workload, samples: this.#history.of(workload.workload) }];
      }),
    );
  }

  /** It has just come to be seen. */
  displayed(): void {
    this.#readAt = null;
    if (this.#now !== undefined) this.show(this.#now);
  }
}

class ScalingOfMode {
  readonly root: HTMLElement;
  readonly #autoscaler = element('p', 'faint');
  readonly #share = element('p');
  readonly #load = new LineChart('req/s');
  readonly #counted = element('h4');
  readonly #replicas = new LineChart('pods');

  constructor(private readonly mode: ModeName) {
    const title = element('h3', '', element('i', `swatch ${colourOf(mode)}`), mode);
    const load = element('h4', '', 'Requests a second of each pod, mean of 5 s, last 5 min');
    this.root = element(
      'section',
      'scaling',
      title,
      this.#autoscaler,
      load,
      this.#load.root,
      this.#share,
      this.#counted,
      this.#replicas.root,
    );
  }

  show({ workload, samples }: ScalingState): void {
    const colour = colourOf(this.mode);
    write(this.#autoscaler, scalingOf(workload.autoscaling));
    const legend = workload.autoscaling === null ? '' : '; dashed: wanted by the autoscaler';
    write(this.#counted, `Pods that are ready, last 5 min${legend}`);
    const share = shareInWords(samples);
    write(this.#share, share);
    const at = samples.map((sample) => sample.at);
    const pods = [...new Set(samples.flatMap(({ perSecond }) => [...perSecond.keys()]))];
    if (pods.length === 0) return;
    const newest = newestOf(samples);
    const lines = pods.map((label) => ({
      label,
      colour,
      width: label === newest ? 3.5 : 1.25,
      values: smoothed(samples, label),
    }));
    this.#load.show(at, lines, `Requests a second of ${pods.length} pods of ${workload.workload}. ${share}`);
    const ready = { label: 'ready', colour, width: 2.5, stepped: true, values: samples.map((sample) => sample.ready) };
    const wanted = {
      label: 'wanted',
      colour: 'soft',
      width: 2,
      stepped: true,
      dash: [6, 4],
      values: samples.map(({ desired }) => desired),
    };
    const counts = samples.map((sample) => sample.ready);
    const range = `between ${Math.min(...counts)} and ${Math.max(...counts)} pods ready in the last minutes, ${counts.at(-1)} now`;
    this.#replicas.show(at, [ready, wanted], `${workload.workload}: ${range}.`);
  }
}
