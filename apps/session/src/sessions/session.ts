import { randomBytes } from 'node:crypto';
import type { Account } from '#libs/bank';
import type { TransferDraft } from '../transfer/draft.js';
import type { Activity, Payee } from './memory.js';

/** What the teller remembers of one client. Optional parts come with use, so that an idle session stays small. */
export interface Session {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  lastSeenAt: number;
  /** How often the overview was looked at. */
  visits: number;
  /** What was done before this request, newest last. */
  recent?: Activity[];
  payees?: Payee[];
  draft?: TransferDraft;
  /** Balances as the ledger told them at `accountsAt`; dropped when money moves. */
  accounts?: Account[];
  accountsAt?: number;
}

export interface SessionLimits {
  readonly idleTimeoutMs: number;
  readonly absoluteTimeoutMs: number;
}

export interface SessionBounds {
  /** Most sessions in one pod's memory, or in the store where they live there. */
  readonly most: number;
  /** Most of them of one customer. */
  readonly mostOfCustomer: number;
}

const idPattern = /^([\w-]{11})\.[\w-]{43}$/;

/** A new id: the boot that made it and 256 random bits. */
export function newSessionId(bootId: string): string {
  return `${bootId}.${randomBytes(32).toString('base64url')}`;
}

/** The boot that made an id; undefined if it is no id of ours. */
export function bootOf(sessionId: string): string | undefined {
  return idPattern.exec(sessionId)?.[1];
}

/** When a session ends if nothing more comes. */
export function expiryOf(session: Session, limits: SessionLimits): number {
  return Math.min(session.lastSeenAt + limits.idleTimeoutMs, session.createdAt + limits.absoluteTimeoutMs);
}
