import type { Platform, Pod, PodEvent } from '../platform/platform.js';
import { BankReader, type WorkloadState } from '../bank/bank-reader.js';
import { decisionsIn } from './bank-view.js';
import { phaseInWords } from '../page/words.js';
import { pause } from './pause.js';
import type { BankSnapshot, WorkloadSnapshot } from '../protocol/snapshots.js';
import type { Journal } from '../journal/journal.js';

export interface Feeding {
  readonly platform: Platform;
  readonly workloads: readonly string[];
  /** To which what happens to the pods is added. */
  readonly journal: Journal;
  /** Which bank this is, for a reader. */
  readonly bank: string;
  readonly everyMs?: number;
  /** What the page is told besides the pods. */
  readonly extras?: () => Partial<Pick<BankSnapshot, 'may' | 'crowd' | 'audit' | 'experiments' | 'done'>>;
  /** Of what the lab's own customers asked a pod of late. */
  readonly p99MsOf?: (pod: string) => number | null;
}

/** How a bank is, read again and again, and what happens to it in between. */
export class BankFeed {
  #now: BankSnapshot;
  #reader: BankReader | undefined;
  #reading: Promise<void> | undefined;
  #scaling: readonly WorkloadState[] = [];

  constructor(private readonly feeding: Feeding) {
    const { bank, platform } = feeding;
    this.#now = {
      bank,
      baseUrl: platform.baseUrl,
      platform: platform.name,
      may: [],
      at: Date.now(),
      readAt: null,
      fault: null,
      workloads: [],
      events: [],
      crowd: null,
      audit: null,
      experiments: null,
      done: [],
    };
  }

  get now(): BankSnapshot {
    return { ...this.#now, events: this.feeding.journal.events, ...this.feeding.extras?.(), at: Date.now() };
  }

  /**
   * Reads until the signal is aborted.
   * @param isWatched whether anybody looks; while nobody does, the pods are left in peace: reading takes their CPU
   */
  async run(signal: AbortSignal, isWatched: () => boolean = () => true): Promise<void> {
    const { platform, everyMs = 1_000 } = this.feeding;
    const forget = platform.watch((event) => this.#onPod(event));
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
      this.#now = { ...this.#now, readAt: Date.now(), fault, workloads: states.map((state) => this.#displayed(state)) };
    } catch (error) {
      // A pod that is too busy to tell, or a cluster that is away for a moment: news, and no reason to look away.
      this.#now = { ...this.#now, fault: (error as Error).message };
    }
    const { fault } = this.#now;
    if (fault !== before.fault) this.feeding.journal.note(fault ?? 'Every pod that is ready answers again.');
  }

  #displayed(state: WorkloadState): WorkloadSnapshot {
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
    decisionsIn(this.#scaling, scaling).forEach((sentence) => this.feeding.journal.note(sentence));
    this.#scaling = scaling;
  }

  /** Its tile moves at once; what the pod tells of itself comes with the next reading. */
  #onPod(event: PodEvent): void {
    this.feeding.journal.note(sentenceOf(event));
    this.#now = { ...this.#now, workloads: this.#now.workloads.map((workload) => withPod(workload, event.pod)) };
  }
}

/** A workload whose pod is as an event says. */
function withPod(state: WorkloadSnapshot, { name, workload, phase, bootId: boot }: Pod): WorkloadSnapshot {
  const bootId = boot ?? null;
  if (state.workload !== workload) return state;
  const others = state.pods.filter((pod) => pod.name !== name);
  if (phase === 'gone') return { ...state, pods: others };
  const known = state.pods.some((pod) => pod.name === name);
  const pods = known
    ? state.pods.map((pod) => (pod.name === name ? { ...pod, phase, bootId } : pod))
    : [...others, { ...unreported, name, phase, bootId }];
  return { ...state, pods: pods.toSorted((one, other) => one.name.localeCompare(other.name)) };
}

/** What a pod has not told of itself yet. */
const unreported = { cpu: null, memoryBytes: null, sessions: null, perSecond: null, failed: null, p99Ms: null };

/** A pod's change in words. */
export function sentenceOf({ pod, reason }: Pick<PodEvent, 'pod' | 'reason'>): string {
  return `${pod.name} is ${phaseInWords(pod.phase)}${reason === undefined ? '' : ` (${reason})`}`;
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
