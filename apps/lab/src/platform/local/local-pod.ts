import type { WorkloadName } from '../../modes.js';
import type { Pod, PodPhase } from '../platform.js';
import { BackOff } from './back-off.js';
import { type Listening, PodProcess, type PodSpec } from './pod-process.js';

/** Is told of each change of a pod; resolves when the front door acts by it. */
export type PodObserver = (pod: LocalPod, reason: string | undefined) => Promise<void>;

/** A name that processes run under, one after the other: a process that dies is followed by a new boot. */
export class LocalPod implements Pod {
  #phase: PodPhase = 'gone';
  #listening: Listening | undefined;
  #process: PodProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  #killed = false;
  #terminating = false;
  #terminated: Promise<void> | undefined;
  readonly #backOff = new BackOff();

  constructor(
    readonly name: string,
    readonly workload: WorkloadName,
    readonly spec: PodSpec,
    private readonly observe: PodObserver,
  ) {}

  get phase(): PodPhase {
    return this.#phase;
  }

  get bootId(): string | undefined {
    return this.#listening?.bootId;
  }

  /** Where it listens; undefined before it was ready, and after its end. */
  get address(): Listening | undefined {
    return this.#phase === 'gone' ? undefined : this.#listening;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Whether it is on its way out for good. */
  get terminating(): boolean {
    return this.#terminating;
  }

  start(): void {
    this.#listening = undefined;
    this.#killed = false;
    const process = new PodProcess(this.spec);
    this.#process = process;
    void this.#become('starting', undefined);
    void this.#becomeReady(process);
    void process.exited.then((how) => this.#onExit(process, how));
  }

  /** A crash; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#killed = true;
    this.#process?.signal('SIGKILL');
    await this.#process?.exited;
  }

  /** A graceful stop for good: SIGTERM, and SIGKILL when `graceMs` are over. Resolves when the process is gone. */
  terminate(reason: string, graceMs: number): Promise<void> {
    this.#terminated ??= this.#terminate(reason, graceMs);
    return this.#terminated;
  }

  async #terminate(reason: string, graceMs: number): Promise<void> {
    this.#terminating = true;
    clearTimeout(this.#restart);
    const process = this.#process;
    if (process?.pid !== undefined) {
      // The front door must know before the pod does: a pod that drains gets no new clients.
      await this.#become('terminating', reason);
      process.signal('SIGTERM');
      const impatient = setTimeout(() => process.signal('SIGKILL'), graceMs);
      await process.exited;
      clearTimeout(impatient);
    }
    await this.#become('gone', reason);
  }

  async #becomeReady(process: PodProcess): Promise<void> {
    const listening = await process.ready();
    if (listening === undefined || this.#phase !== 'starting') return;
    this.#listening = listening;
    await this.#become('ready', undefined);
  }

  #onExit(process: PodProcess, how: string): void {
    if (this.#terminating) return;
    void this.#become('gone', this.#killed ? 'killed' : `crashed with ${how}`);
    // One that the lab killed is no pod that cannot live: a cluster, where a kill deletes it, lets no successor wait either.
    const waitMs = this.#killed ? 0 : this.#backOff.next(Date.now() - process.startedAt);
    this.#restart = setTimeout(() => this.start(), waitMs);
  }

  #become(phase: PodPhase, reason: string | undefined): Promise<void> {
    this.#phase = phase;
    return this.observe(this, reason);
  }
}
