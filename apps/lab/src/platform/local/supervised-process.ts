import { BackOff } from './back-off.js';

/** A process from its start to its end. */
export interface Started {
  /** Resolves when it has ended, with how. */
  readonly exited: Promise<string>;
  signal(signal: NodeJS.Signals): void;
}

/** Is told how a process ended that was not to be stopped, and after which time the next one starts. */
export type ExitObserver = (how: string, waitMs: number) => void;

/** One program that is to run: a process of it that ends is followed by another, at once where the lab itself ended it. */
export class SupervisedProcess<Process extends Started> {
  #process: Process | undefined;
  /** By what the lab ends it; a stop that became a kill was a stop. */
  #ending: 'SIGTERM' | 'SIGKILL' | undefined;
  #stopped = false;
  #restart: NodeJS.Timeout | undefined;
  readonly #backOff = new BackOff();

  constructor(
    private readonly spawn: () => Process,
    private readonly onExit: ExitObserver,
  ) {}

  /** The process that runs now. */
  get process(): Process | undefined {
    return this.#process;
  }

  start(): void {
    this.#ending = undefined;
    const startedAt = Date.now();
    let process: Process;
    try {
      process = this.spawn();
    } catch (error) {
      // As with a full disk, or too many open files: later there may be room.
      this.#exited(startedAt, (error as Error).message);
      return;
    }
    this.#process = process;
    void process.exited.then((how) => this.#exited(startedAt, how));
  }

  /** Ends the process; another follows. Resolves when it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#ending !== 'SIGTERM') this.#ending = signal;
    const { process } = this;
    process?.signal(signal);
    await process?.exited;
  }

  /** From now on no process follows the one that runs. */
  release(): void {
    this.#stopped = true;
    clearTimeout(this.#restart);
  }

  /** Ends it for good: SIGTERM, and SIGKILL when `graceMs` are over. Resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    this.release();
    const { process } = this;
    process?.signal('SIGTERM');
    const impatient = setTimeout(() => process?.signal('SIGKILL'), graceMs);
    await process?.exited;
    clearTimeout(impatient);
  }

  #exited(startedAt: number, how: string): void {
    this.#process = undefined;
    if (this.#stopped) return;
    // Who is killed leaves no exit code: it had ended before the signal came.
    const isOurs = this.#ending === 'SIGTERM' || (this.#ending === 'SIGKILL' && !how.startsWith('exit code'));
    // One that the lab ended is no program that cannot live: a cluster lets no successor wait either.
    const waitMs = isOurs ? 0 : this.#backOff.next(Date.now() - startedAt);
    this.onExit(isOurs ? 'killed' : `crashed with ${how}`, waitMs);
    if (!this.#stopped) this.#restart = setTimeout(() => this.start(), waitMs);
  }
}

/** Tells people how a process ended, and that another follows. */
export function sayingExits(name: string, say: (sentence: string) => void): ExitObserver {
  return (how, waitMs) => {
    const when = waitMs === 0 ? 'now' : `in ${waitMs / 1_000} s`;
    say(`${name} ${how === 'killed' ? 'was killed' : how}; it is started again ${when}.`);
  };
}
