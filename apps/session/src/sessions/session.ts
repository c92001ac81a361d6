import { randomBytes } from 'node:crypto';
import type { Account } from '#libs/bank';
import type { TransferDraft } from '../transfer/draft.js';

/** What a customer can have done. */
export const activities = [
  'signed-in',
  'looked',
  'began-transfer',
  'chose-payee',
  'chose-amount',
  'moved-money',
  'dropped-transfer',
] as const;

/** Something that the customer did, in a form that can be told back. */
export interface Activity {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly what: (typeof activities)[number];
  readonly account?: string;
  readonly amountMinor?: number;
  readonly currency?: string;
}

/** Somebody whom the customer paid in this session. */
export interface Payee {
  readonly account: string;
  times: number;
  lastUsedAt: number;
}

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
  readonly max: number;
  /** Most of them of one customer. */
  readonly maxOfCustomer: number;
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

const maxActivities = 10;
const maxPayees = 20;

/** Remembers what was done; the oldest goes past ten. */
export function rememberActivity(session: Session, activity: Activity): void {
  const recent = (session.recent ??= []);
  recent.push(activity);
  if (recent.length > maxActivities) recent.shift();
}

/** Remembers who was paid; past twenty the one not used for longest goes. */
export function rememberPayee(session: Session, account: string, at: number): void {
  const payees = (session.payees ??= []);
  const known = payees.find((payee) => payee.account === account);
  if (known) {
    known.times += 1;
    known.lastUsedAt = at;
    return;
  }
  payees.push({ account, times: 1, lastUsedAt: at });
  if (payees.length <= maxPayees) return;
  const oldest = payees.reduce((min, payee) => (payee.lastUsedAt < min.lastUsedAt ? payee : min));
  payees.splice(payees.indexOf(oldest), 1);
}
