import type { WireBytes } from '../../http/recorded-request.js';

/** What came back for one request of a journey, or why nothing did. Times are `performance.now()`, in ms. */
export interface Reply {
  /** Undefined when no reply came. */
  readonly status: number | undefined;
  /** By name in lower case, each line of its own. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** As UTF-8, decoded (gzip, br); cut after 4 MiB. */
  readonly body: string;
  /** A code (`ECONNREFUSED`, `timeout`) where no reply came. */
  readonly fault: string | undefined;
  /** The replica that was asked by its own address, or that told its name; undefined where nobody knows. */
  readonly replica: string | undefined;
  readonly bytes: WireBytes;
  readonly startedAt: number;
  readonly endedAt: number;
}
