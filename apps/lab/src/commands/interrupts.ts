import { setMaxListeners } from 'node:events';

/** The exit code of a program that Ctrl-C ended. */
export const interruptedCode = 130;

/** What Ctrl-C, SIGTERM and a terminal that closes do, from the moment that this is made. */
export class Interrupts {
  readonly #stopping = new AbortController();
  #orderly = false;

  /** @param say is told that all stops in order, when it does */
  constructor(private readonly say: (sentence: string) => void) {
    // Each customer that thinks listens.
    setMaxListeners(0, this.signal);
    process.on('SIGINT', () => this.#interrupt());
    process.on('SIGTERM', () => this.#interrupt());
    process.on('SIGHUP', () => this.#hangUp());
    // Nobody reads any more, as after `| head` or with the terminal: what else is written is lost.
    process.stdout.on('error', () => this.#hangUp());
    process.stderr.on('error', () => this.#hangUp());
  }

  /** Aborted by the first interrupt. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** From now on the first one lets everything stop in order; until now it ended the process, and its children with it. */
  stopInOrder(): void {
    this.#orderly = true;
  }

  #interrupt(): void {
    if (!this.#orderly || this.signal.aborted) process.exit(interruptedCode);
    this.say('Stopping in order; once more stops at once.');
    this.#stopping.abort();
  }

  /** A terminal that closes tells it more than once. */
  #hangUp(): void {
    if (!this.signal.aborted) this.#interrupt();
  }
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
