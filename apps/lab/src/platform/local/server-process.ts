import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { closeSync, openSync, readFileSync } from 'node:fs';

/**
 * Runs a server for as long as the shell's standard input stays open: it ends when we end, however that comes about.
 * It exits with the server's own status when that stops by itself.
 */
const keeper = `
exec 3<&0
"$@" 3<&- &
server=$!
{ read -r _ <&3; kill "$server"; } 2>/dev/null &
reader=$!
wait "$server"
status=$?
kill "$reader" 2>/dev/null
exit "$status"
`;

/** A server that is no Node program, in a session of its own (Ctrl-C is for us alone), and that cannot outlive us. */
export class KeptProcess {
  readonly #child: ChildProcess;
  #ended = false;

  /** Starts `command`, its output in `logFile`. */
  constructor(
    command: readonly string[],
    private readonly logFile: string,
  ) {
    const log = openSync(logFile, 'a', 0o600);
    this.#child = spawn('/bin/sh', ['-c', keeper, 'keeper', ...command], { detached: true, stdio: ['pipe', log, log] });
    closeSync(log);
    this.#child.stdin?.on('error', () => {});
    this.#child.on('error', () => (this.#ended = true));
    this.#child.on('exit', () => (this.#ended = true));
    this.#child.unref();
    (this.#child.stdin as Socket | null)?.unref();
  }

  /** Why it runs no more, in its own last words; undefined while it runs. */
  ended(): string | undefined {
    if (!this.#ended) return undefined;
    const lines = readFileSync(this.logFile, 'utf8').trim().split('\n');
    return lines.slice(-5).join('\n') || 'it said nothing';
  }

  async stop(): Promise<void> {
    if (this.#ended) return;
    const exited = once(this.#child, 'exit');
    this.#child.ref();
    this.#child.stdin?.end();
    await exited;
  }
}
