import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundRedis } from '../redis/found-redis.js';
import { inheritedEnvironment } from '../inherited-environment.js';
import { builtHere, repositoryRoot } from '../../../repository.js';
import { endOf } from '../server-process.js';
import { type Started, SupervisedProcess } from '../supervised-process.js';
import { newPrefix } from './run-keys.js';
import type { ToReaper } from './reaper-process.js';
import { UserError } from '../../../user-error.js';

/** Where the folder of each run is. */
export const runsFolder = join(repositoryRoot, '.tellers');

/**
 * What one run has in places that it shares with others: a folder, for its owner alone, with all of its files (logs, keys,
 * Redis's data), and its keys in a Redis of somebody's. A process beside the lab removes both, whatever ends the lab.
 */
export class LocalRun {
  readonly folder: string;
  readonly #reaper = new SupervisedProcess(
    () => new Reaper(this.#claims),
    () => undefined,
  );
  readonly #claims: ToReaper[];

  constructor() {
    const name = `run-${process.pid}-${randomBytes(3).toString('hex')}`;
    this.folder = join(runsFolder, name);
    makeFolders(runsFolder, join(this.folder, 'logs'));
    this.#claims = [{ kind: 'folder', folder: this.folder }];
    this.#reaper.start();
  }

  /** What each key of this run must begin with; a Redis that is not its own is cleared of them in the end. */
  claimKeys({ url: redisUrl, own }: Pick<FoundRedis, 'url' | 'own'>): string {
    const prefix = newPrefix();
    const claim: ToReaper = { kind: 'keys', redisUrl, prefix };
    if (!own) {
      this.#claims.push(claim);
      this.#reaper.process?.report(claim);
    }
    return prefix;
  }

  /** Removes all of it, which nothing may use any more. @throws when Redis does not let it */
  async end(): Promise<void> {
    this.#reaper.release();
    const reaper = this.#reaper.process ?? new Reaper(this.#claims);
    reaper.report({ kind: 'end' });
    const how = await reaper.exited;
    if (how !== 'exit code 0') {
      throw new Error(`What this run leaves could not be removed (${how}); the next run removes it.`);
    }
  }
}

/** @throws UserError where the folder cannot be written to */
export function makeFolders(parent: string, folder: string): void {
  try {
    mkdirSync(parent, { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError(
      `A run has its files in ${parent}, which this user cannot write to: ${(error as Error).message}. ` +
        'Give them that folder, or run a copy of this one that is theirs.',
    );
  }
}

/** Has a session of its own and nothing of ours open but its channel, so that it outlives us. */
class Reaper implements Started {
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;

  constructor(claims: readonly ToReaper[]) {
    this.#child = spawn(process.execPath, [builtHere('run/reaper-process.js')], {
      // A Redis may be one that TLS has to trust.
      env: inheritedEnvironment(),
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.exited = endOf(this.#child);
    for (const claim of claims) this.report(claim);
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** Over the channel alone: others may read arguments, and an address of Redis may hold a password. */
  report(message: ToReaper): void {
    if (message.kind === 'end') this.#child.ref();
    // An error means that it has just ended; the next one is told all again.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
