import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../src/repository.js';
import { runsFolder } from '../src/platform/local/run/run.js';

/** A piece of a built file, and what stands there instead. */
export interface Change {
  /** From `dist`. */
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
}

/** A transfer is made again each time that it is asked for again, and however late. */
export const keyNotChecked: Change = {
  file: 'libs/bank/src/scripts/transfer.lua.js',
  line: "local stored = redis.call('GET', idempotencyKey)",
  becomes: 'local stored, deadline = nil, 0',
};

/** A copy of a built service in which one thing is another. */
export class ChangedService {
  readonly entry: string;
  /** Inside the repository, where its imports find the packages. */
  readonly #folder: string;

  /** @throws when the piece is not there, or more than once: the change would be none, or another */
  constructor(app: 'auth' | 'account' | 'session', change: Change) {
    mkdirSync(runsFolder, { recursive: true });
    this.#folder = mkdtempSync(join(runsFolder, 'changed-'));
    const ownFolder = join('apps', app);
    for (const part of ['libs', ownFolder]) {
      cpSync(join(repositoryRoot, 'dist', part), join(this.#folder, 'dist', part), { recursive: true });
    }
    const manifest = readFileSync(join(repositoryRoot, 'package.json'), 'utf8');
    const { type, imports } = JSON.parse(manifest) as Record<'type' | 'imports', unknown>;
    writeFileSync(join(this.#folder, 'package.json'), JSON.stringify({ type, imports }));
    this.entry = join(this.#folder, 'dist', ownFolder, 'src/main.js');
    this.#apply(change);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #apply({ file, line, becomes }: Change): void {
    const path = join(this.#folder, 'dist', file);
    const pieces = readFileSync(path, 'utf8').split(line);
    if (pieces.length !== 2) throw new Error(`In ${file} there is ${pieces.length - 1} times: ${line}`);
    writeFileSync(path, pieces.join(becomes));
  }
}
