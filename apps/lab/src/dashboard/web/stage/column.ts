import type { ModeName } from '../../../modes.js';
import { Children } from '../children.js';
import { element, write } from '../element.js';
import type { ModeNow, WorkloadNow } from '../messages.js';
import type { Page } from '../page-context.js';
import { ColumnHead } from './column-head.js';
import { Tile, type TileNow } from './tile.js';

export interface ColumnNow {
  readonly mode: ModeName;
  readonly workload: WorkloadNow;
  readonly told: ModeNow | undefined;
  readonly customersAt: ReadonlyMap<string, number>;
  /** Who stand at the door of this counter: no pod has answered them yet. */
  readonly waiting: number;
  readonly yours: ReadonlySet<string>;
}

/** This many pods leave no room for wide tiles. */
const manyPods = 9;

/** One mode: its door, and behind it its pods. */
export class Column {
  readonly root = element('article', 'column');
  readonly #head: ColumnHead;
  readonly #door = element('span');
  readonly #list = element('ul', 'tiles');
  readonly #tiles: Children<TileNow, Tile>;

  constructor({ mode, workload }: ColumnNow, page: Page) {
    this.#head = new ColumnHead(mode, workload.workload, page);
    const sill = element('span', 'sill');
    sill.dataset['door'] = mode;
    this.root.setAttribute('aria-label', `${mode} counter`);
    this.#list.setAttribute('aria-label', `Pods of ${workload.workload}`);
    this.#list.setAttribute('role', 'list');
    this.root.append(this.#head.root, element('p', 'door', this.#door, sill), this.#list);
    this.#tiles = new Children(
      this.#list,
      ({ pod }) => pod.name,
      (one) => new Tile(one, page),
      'seen',
    );
  }

  show({ workload, told, customersAt, waiting, yours }: ColumnNow): void {
    this.#head.show(workload, told);
    write(this.#door, waiting === 0 ? 'front door' : `front door, ${waiting} coming in`);
    this.#list.classList.toggle('many', workload.pods.length >= manyPods);
    this.#tiles.show(
      workload.pods.map((pod) => ({
        workload: workload.workload,
        pod,
        autoscaling: workload.autoscaling,
        customers: customersAt.get(pod.name) ?? 0,
        yours: yours.has(pod.name),
      })),
    );
  }
}
