import type { Session } from './session.js';

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

const mostActivities = 10;
const mostPayees = 20;

/** Remembers what was done; the oldest goes past ten. */
export function rememberActivity(session: Session, activity: Activity): void {
  const recent = (session.recent ??= []);
  recent.push(activity);
  if (recent.length > mostActivities) recent.shift();
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
  if (payees.length <= mostPayees) return;
  const oldest = payees.reduce((least, payee) => (payee.lastUsedAt < least.lastUsedAt ? payee : least));
  payees.splice(payees.indexOf(oldest), 1);
}
