import { CodedError, type ProblemTable } from '#libs/service';
import type { BankFeed } from './bank-feed.js';
import { EventLog } from './event-log.js';
import { Follower } from './follower.js';
import { changeBetween } from '../protocol/changes.js';
import type { BankSnapshot, SnapshotChange } from '../protocol/snapshots.js';

export const broadcastProblems = {
  'too-many-readers': { status: 503, title: 'Too many pages are open', headers: { 'retry-after': '5' } },
} satisfies ProblemTable;

/** A minute of four messages a second. */
const eventsKept = 240;
/** Silence for longer means a broken connection. */
const silentMs = 1_000;
const maxFollowers = 64;
/** Somebody who asked so lately may ask again. */
const interestMs = 10_000;

/** Tells every reader of the stream what is new, at each tick. */
export class Broadcast {
  readonly #log: EventLog;
  readonly #followers = new Set<Follower>();
  /** What the last event has brought readers to. */
  #reported: BankSnapshot;
  #reportedAt = -Infinity;
  #askedAt = -Infinity;

  /**
   * @param boot of this process, so that ids of an earlier one are not taken for its own
   * @param takeAnswered tells how many requests each pod has answered since it was asked before
   */
  constructor(
    boot: string,
    private readonly feed: Pick<BankFeed, 'now' | 'read'>,
    private readonly takeAnswered: () => Readonly<Record<string, number>> = () => ({}),
  ) {
    this.#log = new EventLog(boot, eventsKept);
    this.#reported = feed.now;
  }

  /** Whether somebody looks, or did a moment ago. */
  get isWatched(): boolean {
    return this.#followers.size > 0 || performance.now() - this.#askedAt < interestMs;
  }

  /** How things are; read now, unless they are being read anyway. */
  async state(): Promise<BankSnapshot> {
    this.#askedAt = performance.now();
    if (this.feed.now.readAt === null) await this.feed.read();
    return this.feed.now;
  }

  /**
   * One more reader.
   * @param lastEventId the last that it has seen: it goes on from there where it can, and begins with a snapshot otherwise
   */
  follow(lastEventId?: string): Follower {
    // Nothing was told while nobody looked.
    if (!this.isWatched) this.#report();
    if (this.#followers.size >= maxFollowers) {
      throw new CodedError('too-many-readers', `${maxFollowers} readers follow this stream already.`);
    }
    const snapshot = (): string => this.#log.text('snapshot', this.#reported);
    const follower = new Follower(['retry: 1000\n\n', ...(this.#log.after(lastEventId) ?? [snapshot()])], snapshot);
    this.#followers.add(follower);
    follower.on('close', () => {
      this.#followers.delete(follower);
      this.#askedAt = performance.now();
    });
    // Whoever is the first need not wait for the next reading.
    if (this.feed.now.readAt === null) void this.feed.read().then(() => this.tick());
    return follower;
  }

  /** Tells what is new; after a while also that nothing is, so that silence means a broken connection. */
  tick(): void {
    if (this.isWatched) this.#report();
  }

  /** Ends every stream. */
  close(): void {
    for (const follower of this.#followers) follower.push(null);
    this.#followers.clear();
  }

  #report(): void {
    const { now } = this.feed;
    const change = changeBetween(this.#reported, now, this.takeAnswered());
    if (isNews(this.#reported, change) || now.at - this.#reportedAt >= silentMs) {
      const text = this.#log.append('change', change);
      for (const follower of this.#followers) follower.deliver(text);
      this.#reportedAt = now.at;
    }
    this.#reported = now;
  }
}

function isNews({ readAt, fault }: BankSnapshot, change: SnapshotChange): boolean {
  return change.readAt !== readAt || change.fault !== fault || Object.keys(change).length > 3;
}
