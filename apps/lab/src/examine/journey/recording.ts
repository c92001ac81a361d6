import type { Reply } from '../walk/reply.js';
import type { JourneyRequest } from './journey.js';

/** What a browser kept of a reply. */
export type RecordedReply = Pick<Reply, 'status' | 'headers' | 'body'>;

export interface RecordedExchange {
  readonly request: JourneyRequest;
  readonly reply: RecordedReply;
}

/** What a browser recorded of one service: requests as they were sent, secrets and all, each with its reply. */
export interface Recording {
  readonly origin: string;
  readonly exchanges: readonly RecordedExchange[];
  /** What was left out of it, or may be missing in it, in a sentence each. */
  readonly notes: readonly string[];
}
