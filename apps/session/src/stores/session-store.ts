import { CodedError } from '#libs/service';
import type { Session } from '../sessions/session.js';

/** Why a session is not known here. */
export type MissingCause = 'owner-gone' | 'misrouted' | 'expired' | 'signed-out' | 'replaced';

/** Code `session-<cause>`. */
export class SessionMissing extends CodedError {
  constructor(readonly missing: MissingCause) {
    super(`session-${missing}`, explanations[missing]);
  }
}

const explanations: Record<MissingCause, string> = {
  'owner-gone': 'The pod that held the session stopped or died, and the session with it. Open a session again.',
  misrouted: 'The session is held by another pod than the one that this request reached.',
  expired: 'Nothing came for too long, or the session grew too old. Open a session again.',
  'signed-out': 'The session was signed out.',
  replaced: 'Its customer opened as many as one may have, and this one was unused for the longest.',
};

/** No more sessions are taken. */
export const tooManySessions = (where: string, max: number): CodedError =>
  new CodedError('too-many-sessions', `${where} holds ${max} sessions and takes no more.`);

/** Where sessions live. Every method may be called at any time, also while the pod drains. */
export interface SessionStore {
  /** Sessions that this pod holds in its memory. */
  readonly held: number;
  /** Whether sessions live in this pod's memory: a stopping pod takes no new ones then. */
  readonly inPod: boolean;
  /**
   * Takes a new session. One of the same customer's ends, as `replaced`, where it has as many as it may.
   * @throws CodedError too-many-sessions, store-nearly-full
   */
  add(session: Session): Promise<void>;
  /**
   * Applies a change to a session, marks it as seen, and keeps it. `change` may run again if another request was faster,
   * so it must not do anything beside changing the session.
   * @throws SessionMissing
   */
  update<Result>(id: string, change: (session: Session) => Result): Promise<Result>;
  /** Ends a session on the client's wish. */
  remove(id: string): Promise<void>;
  /** The pod stops: whatever can outlive it is written out. */
  drain(): Promise<void>;
  /** Whether nothing more would be lost if the pod went now. */
  idle(): boolean;
  close(): void;
}
