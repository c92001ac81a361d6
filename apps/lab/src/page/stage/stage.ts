import { modeNames, modeOfWorkload, modes } from '../../bank/modes.js';
import { isMeasuring } from '../formatted.js';
import { KeyedList } from '../keyed-list.js';
import { element, found } from '../element.js';
import type { BankSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { Column, type ColumnState } from './column.js';
import { Tile, type TileState } from './tile.js';

/** The bank at work: a column for each compared mode, side by side, and auth, where all of them sign in. */
export class Stage {
  readonly #columns: KeyedList<ColumnState, Column>;
  readonly #auth: KeyedList<TileState, Tile>;

  constructor(private readonly page: Page) {
    this.#columns = new KeyedList(
      found('columns'),
      ({ mode }) => mode,
      (one) => new Column(one, page),
    );
    const tiles = element('ul', 'tiles');
    tiles.setAttribute('role', 'list');
    tiles.setAttribute('aria-label', 'Pods of auth');
    found('auth').append(tiles);
    this.#auth = new KeyedList(
      tiles,
      ({ pod }) => pod.name,
      (one) => new Tile(one, page),
      'seen',
    );
  }

  show(now: BankSnapshot): void {
    const customersAt = new Map<string, number>();
    const waiting = new Map<string, number>();
    for (const { mode, pod } of now.crowd?.customers ?? []) {
      const [where, key] = pod === null ? [waiting, mode] : [customersAt, pod];
      where.set(key, (where.get(key) ?? 0) + 1);
    }
    const compared = now.crowd?.settings.modes ?? modeNames;
    const yours = this.page.yours();
    const measuring = isMeasuring(now);
    found('measuring').hidden = !measuring;
    // Side by side they can be compared.
    found('columns').classList.toggle('narrow', compared.length > 3);
    this.#columns.show(
      modeNames.flatMap((mode) => {
        const workload = now.workloads.find((one) => one.workload === modes[mode].workload);
        if (workload === undefined || !compared.includes(mode)) return [];
        const reported = now.crowd?.modes.find((one) => one.mode === mode);
        return [{ mode, workload, reported, customersAt, waiting: waiting.get(mode) ?? 0, yours, measuring }];
      }),
    );
    const shared = now.workloads.filter(({ workload }) => modeOfWorkload(workload) === undefined);
    this.#auth.show(
      shared.flatMap(({ workload, pods, autoscaling }) =>
        pods.map((pod) => ({ workload, pod, autoscaling, inside: '', dots: 0, yours: false })),
      ),
    );
  }
}
