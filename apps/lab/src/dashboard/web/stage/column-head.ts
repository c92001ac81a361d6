import { lookOfMode } from '../../../report/draw/looks.js';
import type { ModeName } from '../../../modes.js';
import { roll, scale } from '../deeds.js';
import { button, element, write } from '../element.js';
import type { ModeNow, WorkloadNow } from '../messages.js';
import type { Page } from '../page-context.js';
import { milliseconds } from '../told.js';
import { count, meaningOf } from '../words.js';

/** What heads a mode's column: its figures, and what can be done to all of its pods. */
export class ColumnHead {
  readonly root: HTMLElement;
  readonly #figures = element('p', 'rates');
  readonly #lost = element('p', 'lost');
  readonly #pods = element('span', 'pods');
  readonly #acts = element('p', 'acts');

  constructor(mode: ModeName, workload: string, page: Page) {
    const title = element('h3', '', element('i', `swatch ${lookOfMode(mode).colour}`), mode);
    const to = (by: number): void => {
      const running = page.now().workloads.find((one) => one.workload === workload)?.pods ?? [];
      const replicas = running.filter(({ phase }) => phase === 'ready' || phase === 'starting').length + by;
      if (replicas > 0) void page.performer.do(scale(workload, replicas, page));
    };
    const fewer = button('−', () => to(-1), 'round');
    fewer.setAttribute('aria-label', `One pod fewer of ${workload}`);
    const more = button('+', () => to(1), 'round');
    more.setAttribute('aria-label', `One pod more of ${workload}`);
    const all = button('Replace all', () => void page.performer.do(roll(workload, page)));
    all.setAttribute('aria-label', `Replace all pods of ${workload}`);
    fewer.dataset['act'] = more.dataset['act'] = 'scale';
    all.dataset['act'] = 'roll';
    this.#acts.append(fewer, this.#pods, more, all);
    this.root = element(
      'header',
      'column-head',
      title,
      element('p', 'meaning', meaningOf(mode)),
      this.#figures,
      this.#lost,
      this.#acts,
    );
  }

  show({ pods }: WorkloadNow, told: ModeNow | undefined): void {
    const ready = pods.filter(({ phase }) => phase === 'ready').length;
    write(this.#pods, ready === pods.length ? count(ready, 'pod') : `${ready} of ${count(pods.length, 'pod')}`);
    this.#figures.hidden = this.#lost.hidden = told === undefined;
    if (told === undefined) return;
    write(
      this.#figures,
      `${told.perSecond.toFixed(0)} req/s, p99 ${milliseconds(told.p99Ms)} over the last ${told.overSeconds} s`,
    );
    write(this.#lost, `${count(told.lost, 'session')} lost`);
    this.#lost.classList.toggle('some', told.lost > 0);
  }
}
