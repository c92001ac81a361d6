/**
 * How the ledger lies in Redis. Everything that a script writes is named here, and short, since there is much of it.
 *
 * | Key | Type | Holds |
 * |---|---|---|
 * | `sequence` | string | number of the newest transfer; every number from 1 to it is one transfer |
 * | `account:<id>` | hash | `o` owner (empty: the bank), `k` kind, `c` currency, `b` balance in minor units |
 * | `accounts:<owner>` | list | ids of the owner's accounts, in the order of opening |
 * | `entries:<id>` | stream | one entry a transfer, its id `<sequence>-0`; fields as in {@link EntryFields} |
 * | `idempotency:<owner>:<key>` | string, expires | `<transferId> <at> <sequence>`, then the order, a line for each field |
 *
 * A transfer has the same sequence in both accounts, so that an audit can cut through all streams at one moment.
 */
export interface LedgerKeys {
  readonly sequence: string;
  account(id: string): string;
  accounts(owner: string): string;
  entries(id: string): string;
  idempotency(owner: string, key: string): string;
}

export function ledgerKeys(prefix: string): LedgerKeys {
  return {
    sequence: `${prefix}sequence`,
    account: (id) => `${prefix}account:${id}`,
    accounts: (owner) => `${prefix}accounts:${owner}`,
    entries: (id) => `${prefix}entries:${id}`,
    idempotency: (owner, key) => `${prefix}idempotency:${owner}:${key}`,
  };
}

/** The account that opening deposits come from: its balance is what all customers hold, negative. */
export const treasuryId = (currency: string): string => `treasury-${currency}`;

/** An entry as it is stored. */
export interface EntryFields {
  readonly sequence: number;
  /** t: transfer id */
  readonly transferId: string;
  /** a: amount in minor units, signed */
  readonly amountMinor: number;
  /** b: balance after it, in minor units */
  readonly balanceMinor: number;
  /** c: the account on the other side */
  readonly counterparty: string;
  /** r: reference, or empty */
  readonly reference: string;
  /** d: milliseconds since 1970 */
  readonly atMs: number;
  /** k: the caller's idempotency key, on the paying side only, else empty */
  readonly key: string;
}

/** One entry of an XRANGE reply; the scripts always write the fields in this order. */
export function readEntry([id, fields]: readonly [id: string, fields: readonly string[]]): EntryFields {
  const [, transferId = '', , amount, , balance, , counterparty = '', , reference = '', , at, , key = ''] = fields;
  return {
    sequence: Number.parseInt(id, 10),
    transferId,
    amountMinor: Number(amount),
    balanceMinor: Number(balance),
    counterparty,
    reference,
    atMs: Number(at),
    key,
  };
}

/** The entries of a closed account, which are gone with it, by that of its treasury; none for any other entry. */
export function closedEntries({ reference, sequence, amountMinor }: EntryFields): Movement[] {
  const [, opening] = /^closed (\d+)$/.exec(reference) ?? [];
  if (opening === undefined) return [];
  return [
    { sequence: Number(opening), amountMinor },
    { sequence, amountMinor: -amountMinor },
  ];
}

/** What an entry did to its account. */
export type Movement = Pick<EntryFields, 'sequence' | 'amountMinor'>;

/** What an idempotency key remembers, but for the order itself. */
export interface StoredReply {
  readonly transferId: string;
  readonly atMs: number;
  readonly sequence: number;
}

/** The first line of a stored reply. */
export function readStoredReply(line: string): StoredReply {
  const [transferId = '', at, sequence] = line.split(' ');
  return { transferId, atMs: Number(at), sequence: Number(sequence) };
}
