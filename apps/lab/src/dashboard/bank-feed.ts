import type { WorkloadName } from '../modes.js';
import type { Platform, PodEvent } from '../platform/platform.js';
import { BankReader, type WorkloadState } from '../report/bank-now.js';
import { decisionsIn } from '../report/bank-view.js';
import { pause } from './pause.js';
import { happeningsKept } from './web/changes.js';
import type { BankNow, WorkloadNow } from './web/messages.js';

export interface Feeding {
  readonly platform: Platform;
  readonly workloads: readonly WorkloadName[];
  /** Which bank this is, for a reader. */
  readonly bank: string;
  readonly everyMs?: number;
  /** Whether anybody looks; while nobody does, the pods are left in peace: reading takes their CPU. */
  readonly isWatched?: () => boolean;
  /** What the page is told besides the pods. */
  readonly besides?: () => Partial<Pick<BankNow, 'may' | 'crowd' | 'audit' | 'experiments'>>;
  /** Of what the lab's own customers asked a pod of late. */
  readonly p99MsOf?: (pod: string) => number | null;
}

/** How a bank is, read again and again, and what happens to it in between. */
export class BankFeed {
  #now: BankNow;
  #reader: BankReader | undefined;
  #reading: Promise<void> | undefined;
  #scaling: readonly WorkloadState[] = [];

  constructor(private readonly feeding: Feeding) {
    const { bank, platform } = feeding;
    this.#now = {
      bank,
      door: platform.baseUrl,
      platform: platform.name,
      may: [],
      at: Date.now(),
      readAt: null,
      fault: null,
      workloads: [],
      happenings: [],
      crowd: null,
      audit: null,
      experiments: null,
    };
  }

  get now(): BankNow {
    return { ...this.#now, ...this.feeding.besides?.(), at: Date.now() };
  }

  /** Adds a sentence on what happens now; what was said last is not said again. */
  note(sentence: string): void {
    if (this.#now.happenings.at(-1)?.sentence !== sentence) this.#happened(sentence);
  }

  /** Reads until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { platform, everyMs = 1_000, isWatched = () => true } = this.feeding;
    const forget = platform.watch((event) => this.#happened(sentenceOf(event)));
    try {
      while (!signal.aborted) {
        this.#noteDecisions();
        if (isWatched()) await this.read();
        else this.#rest();
        await pause(everyMs, signal);
      }
    } finally {
      forget();
    }
  }

  /** Reads the pods now, or waits for the reading that is under way. A fault is told and not thrown. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<void> {
    const { platform, workloads } = this.feeding;
    this.#reader ??= new BankReader(platform, workloads);
    const before = this.#now;
    try {
      const states = await this.#reader.read();
      const fault = silenceOf(states, platform);
      this.#now = { ...this.#now, readAt: Date.now(), fault, workloads: states.map((state) => this.#shown(state)) };
    } catch (error) {
      // A pod that is too busy to tell, or a cluster that is away for a moment: news, and no reason to look away.
      this.#now = { ...this.#now, fault: (error as Error).message };
    }
    const { fault } = this.#now;
    if (fault !== before.fault) this.#happened(fault ?? 'Every pod that is ready answers again.');
  }

  #shown(state: WorkloadState): WorkloadNow {
    const { p99MsOf = () => null } = this.feeding;
    return { ...state, pods: state.pods.map((pod) => ({ ...pod, p99Ms: p99MsOf(pod.name) })) };
  }

  /** The next reading is a first one again: a rate over the time in which nobody looked would tell nothing. */
  #rest(): void {
    this.#reader = undefined;
    this.#now = { ...this.#now, readAt: null, fault: null, workloads: [] };
  }

  /** What autoscalers want is known without asking anybody, so that it is noted while nobody looks too. */
  #noteDecisions(): void {
    const { platform, workloads } = this.feeding;
    const scaling = workloads.map((workload) => ({
      workload,
      autoscaling: platform.autoscaling?.(workload) ?? null,
      pods: [],
    }));
    decisionsIn(this.#scaling, scaling).forEach((sentence) => this.#happened(sentence));
    this.#scaling = scaling;
  }

  #happened(sentence: string): void {
    const { happenings } = this.#now;
    const one = { id: (happenings.at(-1)?.id ?? 0) + 1, at: Date.now(), sentence };
    this.#now = { ...this.#now, happenings: [...happenings, one].slice(-happeningsKept) };
  }
}

/** A pod's change in words. */
export function sentenceOf({ pod, reason }: Pick<PodEvent, 'pod' | 'reason'>): string {
  return `${pod.name} is ${pod.phase}${reason === undefined ? '' : ` (${reason})`}`;
}

/** Which pods should answer and do not, and why; null when all do. */
function silenceOf(states: readonly WorkloadState[], platform: Platform): string | null {
  const names = states.flatMap(({ pods }) =>
    pods.filter(({ phase, memoryBytes }) => phase === 'ready' && memoryBytes === null).map(({ name }) => name),
  );
  const byReason = new Map<string, string[]>();
  for (const name of names) {
    // Kubernetes names the object that a right is missing for, and it is missing for all of them.
    const reason = (platform.silence?.(name) ?? 'no answer').replace(`pods "${name}" is forbidden: `, '');
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  if (names.length === 0) return null;
  return [...byReason].map(([reason, silent]) => `${silent.join(', ')}: ${reason}`).join('; ');
}
