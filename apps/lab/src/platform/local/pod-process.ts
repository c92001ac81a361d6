import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LogFile } from './log-file.js';
import { builtHere } from '../../repository.js';
import { endOf } from './server-process.js';
import type { Listening, PodBoot, PodProcessSpec } from './pod-boot.js';

/** One process of the bank's own programs. */
export class PodProcess implements PodBoot {
  /** Resolves when it has ended, with how. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  readonly #log: LogFile;
  #ended = false;

  constructor(spec: PodProcessSpec) {
    this.#log = new LogFile(spec.logFile);
    const log = openSync(spec.logFile, 'a', 0o600);
    this.#child = spawn(
      process.execPath,
      ['--import', pathToFileURL(builtHere('exit-with-parent.js')).href, spec.entry],
      {
        env: { ...spec.environment },
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
      },
    );
    closeSync(log);
    this.exited = endOf(this.#child);
    void this.exited.then(() => (this.#ended = true));
  }

  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.#ended) this.#child.kill(signal);
  }

  /** Resolves when its second port says that it is ready; to undefined if it ends before. */
  async ready(): Promise<Listening | undefined> {
    let listening: Listening | undefined;
    while (!this.#ended) {
      listening ??= findListening(this.#log.newLines());
      if (listening !== undefined && (await isReady(listening.adminPort))) return this.#ended ? undefined : listening;
      await wait(20);
    }
    return undefined;
  }
}

function findListening(lines: readonly string[]): Listening | undefined {
  const line = lines.find((text) => text.includes('"msg":"listening"'));
  try {
    return line === undefined ? undefined : (JSON.parse(line) as Listening);
  } catch {
    // A full disk has torn it.
    return undefined;
  }
}

async function isReady(adminPort: number | undefined): Promise<boolean> {
  try {
    const reply = await fetch(`http://127.0.0.1:${adminPort}/readyz`, { signal: AbortSignal.timeout(1_000) });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false;
  }
}
