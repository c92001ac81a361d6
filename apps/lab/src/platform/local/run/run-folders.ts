import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LeasePlace } from './lease.js';

/** The folders of all runs, beside each other; a beat is a folder's time of change. */
export class RunFolders implements LeasePlace {
  readonly #parent: string;
  readonly #own: string;

  constructor(private readonly folder: string) {
    this.#parent = dirname(folder);
    this.#own = basename(folder);
  }

  async beat(): Promise<void> {
    const now = new Date();
    await utimes(this.folder, now, now);
  }

  async silences(): Promise<ReadonlyMap<string, number>> {
    const own = (await stat(this.folder)).mtimeMs;
    const others = (await readdir(this.#parent)).filter((name) => name.startsWith('run-') && name !== this.#own);
    const found = others.map(async (name) => [name, own - (await this.#beatOf(name))] as const);
    return new Map(await Promise.all(found));
  }

  async remove(run: string): Promise<void> {
    // A dying process may still write its last line there.
    await rm(join(this.#parent, run), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }

  removeOwn(): Promise<void> {
    return this.remove(this.#own);
  }

  async #beatOf(name: string): Promise<number> {
    const found = await stat(join(this.#parent, name)).catch(() => undefined);
    // One that has just been removed is silent for no time.
    return found?.mtimeMs ?? Infinity;
  }
}
