import { changed } from '../protocol/changes.js';
import type { BankSnapshot, SnapshotChange } from '../protocol/snapshots.js';

/** The lab says something several times a second; after so long without, the connection is taken for broken. */
const silentMs = 6_000;
const againMs = 2_000;

/** What of an `EventSource` is used: a browser has one itself. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(type: string, hear: (event: { readonly data: string; readonly lastEventId: string }) => void): void;
  close(): void;
}

const closed = 2;

export interface Listener {
  /** How the bank is, whenever it is told; and by which change it came to be so, unless this is the first of a stream. */
  show(now: BankSnapshot, change?: SnapshotChange): void;
  /** The connection is lost, since then. */
  lost(since: number): void;
  /** It is another process of the lab that answers now. */
  restarted(): void;
}

/** Follows the lab's stream until it is closed, over breaks of the connection and restarts of the lab. */
export class LabConnection {
  #source: EventStream | undefined;
  #checking: ReturnType<typeof setInterval> | undefined;
  #now: BankSnapshot | undefined;
  #boot = '';
  #heardAt = Date.now();
  #begunAt = 0;

  /** @param begin begins to follow the lab's events */
  constructor(
    private readonly listener: Listener,
    private readonly begin: () => EventStream,
  ) {}

  open(): void {
    this.#follow();
    this.#checking = setInterval(() => this.#check(), againMs);
  }

  close(): void {
    clearInterval(this.#checking);
    this.#source?.close();
  }

  #follow(): void {
    this.#source?.close();
    this.#begunAt = Date.now();
    const source = this.begin();
    this.#source = source;
    source.addEventListener('snapshot', ({ data, lastEventId }) => {
      this.#noteBoot(lastEventId);
      this.#hear(JSON.parse(data) as BankSnapshot);
    });
    source.addEventListener('change', ({ data }) => {
      // It goes on after what was seen here, or begins with a snapshot.
      if (this.#now === undefined) return;
      const change = JSON.parse(data) as SnapshotChange;
      this.#hear(changed(this.#now, change), change);
    });
    // It tries again by itself, and tells the last id that it has seen.
    source.addEventListener('error', () => this.listener.lost(this.#heardAt));
  }

  #noteBoot(lastEventId: string): void {
    const boot = lastEventId.replace(/-\d+$/, '');
    if (this.#boot !== '' && this.#boot !== boot) this.listener.restarted();
    this.#boot = boot;
  }

  #hear(now: BankSnapshot, change?: SnapshotChange): void {
    this.#now = now;
    this.#heardAt = Date.now();
    this.listener.show(now, change);
  }

  /** Begins anew where the stream has given up, and where it does not see that nothing comes any more. */
  #check(): void {
    const now = Date.now();
    if (now - this.#heardAt > silentMs) this.listener.lost(this.#heardAt);
    const silent = now - Math.max(this.#heardAt, this.#begunAt) > silentMs;
    if (silent || this.#source?.readyState === closed) this.#follow();
  }
}
