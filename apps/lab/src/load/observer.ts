import type { RecordedRequest, ServedBy } from '../http/recorded-request.js';

/** From opening a session until its end; a lost one is followed by another if the client goes on. */
export interface ObservedSession<Mode extends string = string> {
  /** What it was opened in, of all that are compared. */
  readonly mode: Mode;
  /** The pod and boot that last answered and knew it, where what is remembered of a pinned session lives. */
  home: ServedBy | undefined;
  /** When it asked first, since then, and had no answer or a failure: another pod may have taken it on. `performance.now()` time. */
  unsureSince?: number | undefined;
  end: SessionEnd | undefined;
}

export type SessionEnd =
  | { readonly how: 'signed-out'; readonly servedBy: ServedBy | undefined }
  /** `unfinished` is the step that has to be taken again. */
  | { readonly how: 'lost'; readonly cause: string; readonly unfinished: string | undefined }
  | { readonly how: 'left' };

/** Watches clients without touching them. */
export interface LoadObserver<Mode extends string = string> {
  /** The lab had a client come, or go on, that much later than it meant to: its own fault, not the service's. */
  started(lateMs: number): void;
  /** `intendedAt` is when the client meant to ask, in `performance.now()` time. */
  requestRecorded(recorded: RecordedRequest, intendedAt: number): void;
  opened(session: ObservedSession<Mode>): void;
  ended(session: ObservedSession<Mode>): void;
  /** Another pod, or another boot of it, knew the session than the one before; its answer came so late after the client meant to ask. */
  moved(session: ObservedSession<Mode>, latencyMs: number): void;
  /** A service told of a session what it had left behind already: it has an older copy of it, too. The sentence says what. */
  contradicted(session: ObservedSession<Mode>, sentence: string): void;
}

/** Is shown everything that is recorded, to find out what was lost, and why. */
export interface LossObserver<Mode extends string = string> {
  requestRecorded(mode: Mode, recorded: RecordedRequest): void;
  ended(session: ObservedSession<Mode>): void;
}
