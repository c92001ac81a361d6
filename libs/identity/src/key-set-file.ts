import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Log } from '#libs/service';
import { parseKeySet, type SigningKey } from './signing-keys.js';

/**
 * The private keys in a file, read again each `pollMs`. Its content is compared, not its time: a Secret's mount swaps
 * symlinks. A bad edit is logged and changes nothing.
 */
export class KeySetFile {
  #text: string;
  #keys: readonly SigningKey[];
  readonly #timer: NodeJS.Timeout;

  /** @throws KeySetError or the file system's error: without keys a service does not start */
  constructor(
    readonly path: string,
    private readonly log: Pick<Log, 'info' | 'error'>,
    pollMs = 5000,
  ) {
    this.#text = readFileSync(path, 'utf8');
    this.#keys = parseKeySet(this.#text);
    this.#timer = setInterval(() => void this.reload(), pollMs).unref();
  }

  /** The last good set. */
  get keys(): readonly SigningKey[] {
    return this.#keys;
  }

  /** Reads the file again now; never rejects. */
  async reload(): Promise<void> {
    try {
      const text = await readFile(this.path, 'utf8');
      if (text === this.#text) return;
      // Remembered before it is parsed, so that a bad edit is logged once.
      this.#text = text;
      this.#keys = parseKeySet(text);
      this.log.info({ file: this.path, kids: this.#keys.map(({ kid }) => kid) }, 'signing keys changed');
    } catch (error) {
      this.log.error({ err: error, file: this.path }, 'signing keys not reloaded, the last good ones stay');
    }
  }

  /** Stops reading. */
  close(): void {
    clearInterval(this.#timer);
  }
}
