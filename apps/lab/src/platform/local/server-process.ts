import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Started } from './supervised-process.js';

/**
 * The shell becomes the server; a child of it waits for the end of its standard input, which ends when we do, however
 * that comes about, and ends the server then, also one that was stopped.
 */
const exitWithParent = `
exec 3<&0
{ read -r _ <&3 || { kill "$$"; kill -CONT "$$"; }; } >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null
`;

/** A server that is no Node program, in a session of its own (Ctrl-C is for us alone), and that cannot outlive us. */
export class ServerProcess implements Started {
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;

  /** Starts `command`, its output in `logFile`. */
  constructor(
    command: readonly string[],
    private readonly logFile: string,
  ) {
    const log = openSync(logFile, 'a', 0o600);
    const shell = ['-c', exitWithParent, 'server', ...command];
    this.#child = spawn('/bin/sh', shell, { detached: true, stdio: ['pipe', log, log] });
    closeSync(log);
    this.#child.stdin?.on('error', () => {});
    // A line tells who waits that there is nobody to end any more.
    this.exited = endOf(this.#child).finally(() => this.#child.stdin?.end('\n'));
    this.#child.unref();
    (this.#child.stdin as Socket | null)?.unref();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.ref();
    this.#child.kill(signal);
  }

  /** The last that it said. */
  get previousLogs(): string {
    return readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-5).join('\n') || 'it said nothing';
  }
}

/** Resolves when a child has ended or could not be started, with how. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
    child.on('error', (error) => resolve(error.message));
  });
}
