import { isDeepStrictEqual } from 'node:util';

/** What an overview tells of a session, as far as the customer can foresee it. */
export interface SeenOverview {
  readonly greeting: string;
  readonly visits: number;
  readonly accounts: readonly { readonly id: string }[];
  readonly recentActivity: readonly unknown[];
  readonly payees: readonly { readonly account: string }[];
  readonly unfinishedTransfer: { readonly to?: string; readonly amountMinor?: number } | null;
}

/**
 * What a look tells that cannot be, given the look before, between which nothing was done; undefined when all is right.
 * Each look is remembered in turn, and the oldest of what was done recently may have gone.
 */
export function misreading(before: SeenOverview, now: SeenOverview): string | undefined {
  if (now.visits !== before.visits + 1) return `${now.visits} visits after ${before.visits}`;
  const same = ['greeting', 'payees', 'unfinishedTransfer'] as const;
  const other = same.find((part) => !isDeepStrictEqual(now[part], before[part]));
  if (other !== undefined) return `another ${other}: ${JSON.stringify(now[other])}`;
  const ids = (overview: SeenOverview) => overview.accounts.map(({ id }) => id);
  if (!isDeepStrictEqual(ids(now), ids(before))) return `other accounts: ${ids(now).join(', ')}`;
  const older = now.recentActivity.slice(1);
  if (!isDeepStrictEqual(older, before.recentActivity.slice(0, older.length))) return 'another recent past';
  return now.recentActivity.length < before.recentActivity.length ? 'a shorter recent past' : undefined;
}

/** What a first look does not tell of what the customer has just done; undefined when all is there. */
export function forgotten(
  { payees, unfinishedTransfer }: SeenOverview,
  payee: string,
  amountMinor: number,
): string | undefined {
  if (payees[0]?.account !== payee) return `payees ${JSON.stringify(payees)} after a payment to ${payee}`;
  const { to, amountMinor: amount } = unfinishedTransfer ?? {};
  if (to === payee && amount === amountMinor) return undefined;
  return `the transfer ${JSON.stringify(unfinishedTransfer)} instead of ${amountMinor} to ${payee}`;
}
