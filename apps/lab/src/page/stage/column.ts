import type { ModeName } from '../../bank/modes.js';
import { KeyedList } from '../keyed-list.js';
import { element, write } from '../element.js';
import type { ModeSnapshot, WorkloadSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { customersIn, measuredIn } from '../formatted.js';
import { ColumnHead } from './column-head.js';
import { Tile, type TileState } from './tile.js';

export interface ColumnState {
  readonly mode: ModeName;
  readonly workload: WorkloadSnapshot;
  readonly reported: ModeSnapshot | undefined;
  readonly customersAt: ReadonlyMap<string, number>;
  /** Who stand at the ingress of this mode: no pod has answered them yet. */
  readonly waiting: number;
  readonly yours: ReadonlySet<string>;
  /** An experiment's customers come, and ours are at home. */
  readonly measuring: boolean;
}

/** This many pods leave no room for wide tiles. */
const manyPods = 9;

/** One mode: its ingress, and behind it its pods. */
export class Column {
  readonly root = element('article', 'column');
  readonly #head: ColumnHead;
  readonly #ingress = element('span');
  readonly #list = element('ul', 'tiles');
  readonly #tiles: KeyedList<TileState, Tile>;

  constructor({ mode, workload }: ColumnState, page: Page) {
    this.#head = new ColumnHead(mode, workload.workload, page);
    const sill = element('span', 'sill');
    sill.dataset['ingress'] = mode;
    this.#ingress.title = 'The ingress on a cluster, the gateway on this machine';
    this.root.setAttribute('aria-label', `${mode} mode`);
    this.#list.setAttribute('aria-label', `Pods of ${workload.workload}`);
    this.#list.setAttribute('role', 'list');
    this.root.append(this.#head.root, element('p', 'ingress', this.#ingress, sill), this.#list);
    this.#tiles = new KeyedList(
      this.#list,
      ({ pod }) => pod.name,
      (one) => new Tile(one, page),
      'seen',
    );
  }

  show({ workload, reported, customersAt, waiting, yours, measuring }: ColumnState): void {
    this.#head.show(workload, reported, measuring);
    write(this.#ingress, waiting === 0 ? 'front door' : `front door, ${waiting} coming in`);
    this.#list.classList.toggle('many', workload.pods.length >= manyPods);
    this.#tiles.show(
      workload.pods.map((pod) => ({
        workload: workload.workload,
        pod,
        autoscaling: workload.autoscaling,
        ...(measuring ? measuredIn(workload.workload, pod) : customersIn(customersAt.get(pod.name) ?? 0)),
        yours: yours.has(pod.name),
      })),
    );
  }
}
