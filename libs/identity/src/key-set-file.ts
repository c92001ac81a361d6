import type { Log } from '#libs/service';
import { readKeySet } from './key-set-text.js';
import { parseKeySet, type SigningKey } from './signing-keys.js';

/**
 * The private keys in a file or a folder, read again each `pollMs`. Its content is compared, not its time: a Secret's mount swaps
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
    this.#text = readKeySet(path);
    this.#keys = parseKeySet(this.#text);
    this.#timer = setInterval(() => this.reload(), pollMs).unref();
  }

  /** The last good set. */
  get keys(): readonly SigningKey[] {
    return this.#keys;
  }

  /** Reads the keys again now; never throws. */
  reload(): void {
    try {
      const text = readKeySet(this.path);
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
