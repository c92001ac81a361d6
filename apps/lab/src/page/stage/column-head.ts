import type { ModeName } from '../../bank/modes.js';
import { roll, scale } from '../actions.js';
import { button, element, write } from '../element.js';
import type { ModeSnapshot, WorkloadSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { milliseconds } from '../formatted.js';
import { byNow } from '../outcome.js';
import { colourOf, count, isStateless, meaningOf } from '../words.js';

/** What heads a mode's column: its figures, and what can be done to all of its pods. */
export class ColumnHead {
  readonly root: HTMLElement;
  readonly #figures = element('p', 'rates');
  readonly #lost = element('p', 'lost');
  readonly #pods = element('span', 'pods');
  readonly #acts = element('p', 'acts');

  constructor(mode: ModeName, workload: string, page: Page) {
    const title = element('h3', '', element('i', `swatch ${colourOf(mode)}`), mode);
    const to = (by: number): void => {
      const running = page.now().workloads.find((one) => one.workload === workload)?.pods ?? [];
      const replicas = running.filter(({ phase }) => phase === 'ready' || phase === 'starting').length + by;
      if (replicas > 0) void page.actionRunner.do(scale(workload, replicas, page));
    };
    const fewer = button('−', () => to(-1), 'round');
    fewer.setAttribute('aria-label', `One pod fewer of ${workload}`);
    const more = button('+', () => to(1), 'round');
    more.setAttribute('aria-label', `One pod more of ${workload}`);
    const all = button('Replace all', () => void page.actionRunner.do(roll(workload, page)));
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

  show({ pods }: WorkloadSnapshot, reported: ModeSnapshot | undefined, measuring: boolean): void {
    const ready = pods.filter(({ phase }) => phase === 'ready').length;
    write(this.#pods, ready === pods.length ? count(ready, 'pod') : `${ready} of ${count(pods.length, 'pod')}`);
    this.#figures.hidden = this.#lost.hidden = reported === undefined;
    if (reported === undefined) return;
    this.#lost.classList.toggle('past', measuring);
    write(this.#figures, measuring ? countedBy(pods) : ratesOf(reported));
    const { lost, awaited, failed } = reported;
    write(
      this.#lost,
      `${measuring ? 'before it: ' : ''}${count(lost, 'session')} lost${byNow(awaited)}, ${count(failed, 'request')} failed`,
    );
    this.#lost.classList.toggle('some', lost + awaited + failed > 0);
  }
}

function countedBy(pods: WorkloadSnapshot['pods']): string {
  const perSecond = pods.reduce((sum, pod) => sum + (pod.perSecond ?? 0), 0);
  return `${perSecond.toFixed(0)} req/s of the experiment, as the pods count`;
}

function ratesOf(reported: ModeSnapshot): string {
  const look = `${isStateless(reported.mode) ? 'two' : 'one'} for each look`;
  return `${reported.perSecond.toFixed(0)} req/s (${look}), ${latencyOf(reported)} over the last ${reported.overSeconds} s`;
}

function latencyOf({ p99Ms, behind }: ModeSnapshot): string {
  return behind === null
    ? `99 of 100 answers within ${milliseconds(p99Ms)} (p99)`
    : `no latency, since the lab itself fell behind (${behind})`;
}
