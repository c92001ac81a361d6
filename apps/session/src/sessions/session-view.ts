import { expiryOf, type Session, type SessionLimits } from './session.js';

/** What a client sees of its session. */
export interface SessionView {
  readonly customerId: string;
  readonly name: string;
  readonly createdAt: string;
  /** When it ends if nothing more comes. */
  readonly expiresAt: string;
  readonly idleTimeoutMs: number;
}

export class SessionViews {
  constructor(private readonly limits: SessionLimits) {}

  of(session: Session): SessionView {
    return {
      customerId: session.customerId,
      name: session.name,
      createdAt: new Date(session.createdAt).toISOString(),
      expiresAt: new Date(expiryOf(session, this.limits)).toISOString(),
      idleTimeoutMs: this.limits.idleTimeoutMs,
    };
  }
}
