import type { Activity, Payee } from '../sessions/session.js';
import type { Session } from '../sessions/session.js';

/** In which form a pod writes sessions out. It reads every form, so that old and new pods run side by side. */
export type RecordVersion = 1 | 2;

type ActivityRow = [
  at: number,
  what: Activity['what'],
  account?: string | undefined,
  amountMinor?: number | undefined,
  currency?: string | undefined,
];
type PayeeRow = [Payee['account'], Payee['times'], Payee['lastUsedAt']];

/** Version 2: rows instead of objects, in which most bytes are names. Version 1 is the session as it is in memory. */
type RecordTwo = Omit<Session, 'createdAt' | 'lastSeenAt' | 'visits' | 'recent' | 'payees'> & {
  readonly v: 2;
  readonly seen: [createdAt: number, lastSeenAt: number, visits: number];
  readonly did?: ActivityRow[];
  readonly paid?: PayeeRow[];
};

/** The text of a session. What a newer version knows beside what this one does is kept as it was read. */
export function writeRecord(session: Session, version: RecordVersion): string {
  if (version === 1) return JSON.stringify(session);
  const { createdAt, lastSeenAt, visits, recent, payees, ...rest } = session;
  const record: RecordTwo = {
    v: 2,
    ...rest,
    seen: [createdAt, lastSeenAt, visits],
    ...(recent && { did: recent.map(rowOf) }),
    ...(payees && { paid: payees.map(({ account, times, lastUsedAt }): PayeeRow => [account, times, lastUsedAt]) }),
  };
  return JSON.stringify(record);
}

/** The session of a text in any version. @throws Error for a version that is to come, which nobody here may guess at */
export function readRecord(text: string): Session {
  const record = JSON.parse(text) as Session | RecordTwo | { readonly v: unknown };
  if (!('v' in record)) return record;
  if (!isTwo(record)) throw new Error(`Session records of version ${String(record.v)} cannot be read here.`);
  const { v: _, seen, did, paid, ...rest } = record;
  const [createdAt, lastSeenAt, visits] = seen;
  return {
    ...rest,
    createdAt,
    lastSeenAt,
    visits,
    ...(did && { recent: did.map(activityOf) }),
    ...(paid && { payees: paid.map(([account, times, lastUsedAt]): Payee => ({ account, times, lastUsedAt })) }),
  };
}

const isTwo = (record: { readonly v: unknown }): record is RecordTwo => record.v === 2;

function rowOf({ at, what, account, amountMinor, currency }: Activity): ActivityRow {
  const row: ActivityRow = [at, what, account, amountMinor, currency];
  while (row.at(-1) === undefined) row.pop();
  return row;
}

/** What JSON has no word for in the middle of a row comes back as null. */
function activityOf([at, what, account, amountMinor, currency]: ActivityRow): Activity {
  return {
    at,
    what,
    ...(account != null && { account }),
    ...(amountMinor != null && { amountMinor }),
    ...(currency != null && { currency }),
  };
}
