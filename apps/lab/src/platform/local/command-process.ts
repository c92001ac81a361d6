import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.js';
import type { Listening, PodBoot } from './pod-boot.js';
import { runningInGroup, signalGroup } from './process-group.js';
import { endOf } from './server-process.js';

/** A command that starts a server which listens on the port that a variable tells it. */
export interface ServerCommand {
  /** For the shell. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly portVariable: string;
  readonly cwd: string;
  /** What is asked for to see whether it answers. */
  readonly readyPath: string;
}

/**
 * Beside the command, in its process group, a child of the shell waits for the end of its standard input, which ends
 * when the lab does, however that comes about, and ends the whole group then.
 */
const endWithLab = `
exec 3<&0
{ trap '' TERM; read -r _ <&3 || { kill -TERM "-$$"; sleep 2; kill -KILL "-$$"; }; } >/dev/null 2>&1 &
exec /bin/sh -c "$1" 3<&- </dev/null
`;
const everyMs = 50;
const answerTimeoutMs = 5_000;

/** One run of somebody's server, with all processes that it starts; Ctrl-C in the lab's terminal does not reach it. */
export class CommandProcess implements PodBoot {
  readonly exited: Promise<string>;
  #child: ChildProcess | undefined;
  #port: number | undefined;
  #terminating = false;
  #ended = false;

  constructor(private readonly command: ServerCommand) {
    this.exited = this.#run();
  }

  /** Of the first process of its group. */
  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child?.pid;
  }

  /** To all its processes. */
  signal(signal: NodeJS.Signals): void {
    this.#terminating = true;
    // The shell's child that waits for the lab's end would make the group look alive.
    this.#child?.stdin?.end('\n');
    if (this.pid !== undefined) signalGroup(this.pid, signal);
  }

  async ready(): Promise<Listening | undefined> {
    while (!this.#ended) {
      const port = this.#port;
      if (port !== undefined && (await this.#answers(port))) {
        return this.#ended ? undefined : { bootId: randomUUID(), port, adminPort: undefined };
      }
      await wait(everyMs);
    }
    return undefined;
  }

  async #run(): Promise<string> {
    try {
      const port = await freePort();
      // Somebody may have wanted it to end before it began.
      if (this.#terminating) return 'stopped';
      const child = this.#spawn(port);
      this.#child = child;
      this.#port = port;
      const how = await endOf(child);
      if (child.pid !== undefined) await this.#untilGroupEnds(child.pid);
      return how;
    } catch (error) {
      return (error as Error).message;
    } finally {
      this.#ended = true;
    }
  }

  #spawn(port: number): ChildProcess {
    const { command, cwd, environment, portVariable, logFile } = this.command;
    const log = openSync(logFile, 'a', 0o600);
    try {
      const child = spawn('/bin/sh', ['-c', endWithLab, 'service', command], {
        cwd,
        env: { ...environment, [portVariable]: String(port) },
        detached: true,
        stdio: ['pipe', log, log],
      });
      child.stdin?.on('error', () => {});
      return child;
    } finally {
      closeSync(log);
    }
  }

  /** When its first process has ended, a server that was to stop may finish; of one that crashed nothing is left. */
  async #untilGroupEnds(group: number): Promise<void> {
    if (!this.#terminating) signalGroup(group, 'SIGKILL');
    while ((await runningInGroup(group)).length > 0) await wait(everyMs);
  }

  async #answers(port: number): Promise<boolean> {
    try {
      const reply = await fetch(`http://127.0.0.1:${port}${this.command.readyPath}`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      await reply.body?.cancel();
      return true;
    } catch {
      return false;
    }
  }
}
