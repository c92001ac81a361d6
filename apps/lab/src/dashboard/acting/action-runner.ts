import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '#libs/service';
import type { Crowd } from '../../bank/crowd/crowd.js';
import type { Journal } from '../../journal/journal.js';
import { outcomeOf } from '../../page/outcome.js';
import type { Platform, Pod } from '../../platform/platform.js';
import type { Done } from '../../protocol/actions.js';
import { LossCount } from './loss-count.js';

export interface ActionRunnerOptions {
  readonly platform: Platform;
  readonly workloads: readonly string[];
  readonly crowd: Crowd | undefined;
  /** Told what was done, in a sentence. */
  readonly journal: Journal;
  /** After so long an answer is given although it is not done yet. */
  readonly patienceMs?: number;
}

interface DoneAction extends Pick<Done, 'id' | 'did' | 'tookMs'> {
  readonly count: LossCount;
}

/** Two pods may be added at once, and each is still counted when the next thing is done. */
const kept = 5;

/** What can be done to the bank, each told at once, with what customers have lost by it so far. */
export class ActionRunner {
  #latest: readonly DoneAction[] = [];

  constructor(private readonly options: ActionRunnerOptions) {}

  /** The last things that were done, the oldest first, each with what it has cost by now. */
  get done(): Done[] {
    return this.#latest.map(asTold);
  }

  async scale(workload: string, replicas: number): Promise<Done> {
    const name = this.#workload(workload);
    const before = (await this.options.platform.pods(name)).length;
    const sentence = `${name} was scaled from ${before} to ${replicas}.`;
    return this.#do(sentence, name, () => this.options.platform.scale(name, replicas));
  }

  roll(workload: string): Promise<Done> {
    const name = this.#workload(workload);
    return this.#do(`Every pod of ${name} was replaced.`, name, () => this.options.platform.roll(name));
  }

  async kill(pod: string): Promise<Done> {
    const { name, workload } = await this.#pod(pod);
    return this.#do(`${name} was killed.`, workload, () => this.options.platform.kill(name));
  }

  async stop(pod: string): Promise<Done> {
    const { name, workload } = await this.#pod(pod);
    return this.#do(`${name} was stopped in order.`, workload, () => this.options.platform.stop(name));
  }

  pauseStore(seconds: number): Promise<Done> {
    return this.#do(`Redis was paused for ${seconds} s.`, 'redis', async () => {
      await this.options.platform.store.pause(1_000 * seconds);
      await sleep(1_000 * seconds);
    });
  }

  async #do(sentence: string, to: string, act: () => Promise<void>): Promise<Done> {
    const { crowd, journal, patienceMs = 60_000 } = this.options;
    const count = new LossCount(crowd, to);
    const startedAt = performance.now();
    const acting = act().then(() => performance.now() - startedAt);
    const tookMs = await Promise.race([acting, sleep(patienceMs, undefined, { ref: false })]).catch((error: Error) => {
      throw new CodedError('cannot-here', error.message);
    });
    // What goes wrong after the answer is told as what happened.
    if (tookMs === undefined) acting.catch((error: Error) => journal.note(error.message));
    const did = tookMs === undefined ? `${sentence} It is not over yet.` : sentence;
    const action = { id: randomUUID(), did, tookMs: tookMs ?? patienceMs, count };
    this.#latest = [...this.#latest, action].slice(-kept);
    void count.end().then(() => journal.note(crowd === undefined ? did : outcomeOf(asTold(action))));
    return asTold(action);
  }

  #workload(name: string): string {
    if (!this.options.workloads.includes(name)) throw new CodedError('not-found', `There is no workload ${name}.`);
    return name;
  }

  async #pod(name: string): Promise<Pod> {
    const found = (await this.options.platform.pods()).find((pod) => pod.name === name);
    if (found === undefined) throw new CodedError('not-found', `There is no pod ${name}.`);
    return found;
  }
}

function asTold({ id, did, tookMs, count }: DoneAction): Done {
  return { id, did, tookMs, ...count.now };
}
