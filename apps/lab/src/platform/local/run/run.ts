import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository.js';

const parent = join(repositoryRoot, '.tellers');

/**
 * Makes the folder that everything of one run lives in (logs, keys, Redis's data), for its owner alone. What a run that
 * was killed left behind is removed first.
 */
export function createRunFolder(): string {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const pid = Number(/^run-(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) removeFolder(join(parent, name));
  }
  const folder = join(parent, `run-${process.pid}-${randomBytes(3).toString('hex')}`);
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes a run's folder, also while a dying process still writes its last line there. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
