import type { Pod, PodPhase } from '../platform.js';
import type { BootPod, Listening, PodBoot, PodProcessSpec } from './pod-boot.js';
import { SupervisedProcess } from './supervised-process.js';

/** Is told of each change of a pod; resolves when the front door acts by it. */
export type PodObserver = (pod: LocalPod, reason: string | undefined) => Promise<void>;

/** A name that processes run under, one after the other: a process that dies is followed by a new boot. */
export class LocalPod implements Pod {
  #phase: PodPhase = 'gone';
  #listening: Listening | undefined;
  #terminating = false;
  #terminated: Promise<void> | undefined;
  readonly #supervised = new SupervisedProcess(
    () => this.#boot(),
    (how) => void this.#become('gone', how),
  );

  constructor(
    readonly name: string,
    readonly workload: string,
    readonly spec: PodProcessSpec,
    private readonly boot: BootPod,
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
    return this.#supervised.process?.pid;
  }

  /** Whether it is on its way out for good. */
  get terminating(): boolean {
    return this.#terminating;
  }

  start(): void {
    this.#supervised.start();
  }

  /** A crash; resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#supervised.end('SIGKILL');
  }

  /** A graceful stop for good: SIGTERM, and SIGKILL when `graceMs` are over. Resolves when the process is gone. */
  terminate(reason: string, graceMs: number): Promise<void> {
    this.#terminated ??= this.#terminate(reason, graceMs);
    return this.#terminated;
  }

  async #terminate(reason: string, graceMs: number): Promise<void> {
    this.#terminating = true;
    this.#supervised.release();
    if (this.#supervised.process !== undefined) {
      // The front door must know before the pod does: a pod that drains gets no new clients.
      await this.#become('terminating', reason);
      await this.#supervised.stop(graceMs);
    }
    await this.#become('gone', reason);
  }

  #boot(): PodBoot {
    this.#listening = undefined;
    void this.#become('starting', undefined);
    const process = this.boot(this.spec);
    void this.#becomeReady(process);
    return process;
  }

  async #becomeReady(process: PodBoot): Promise<void> {
    const listening = await process.ready();
    if (listening === undefined || this.#phase !== 'starting') return;
    this.#listening = listening;
    await this.#become('ready', undefined);
  }

  #become(phase: PodPhase, reason: string | undefined): Promise<void> {
    this.#phase = phase;
    return this.observe(this, reason);
  }
}
