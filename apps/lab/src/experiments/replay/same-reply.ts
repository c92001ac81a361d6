/** What is compared of a reply. */
export interface ReplayedReply {
  readonly status: number | undefined;
  readonly body: unknown;
}

/** Parts of replies that no two requests share, whatever the server keeps: by clock, or made up for one reply. */
export const ofOneReply: Readonly<Record<string, string>> = {
  requestId: 'made up for each request, so that its log lines can be found',
  continuation: 'sealed with its time and, at the first step, a key made up for it',
  idempotencyKey: 'made up for a transfer when it begins, as the one in a continuation is',
  createdAt: 'the clock, when a session is opened',
  expiresAt: 'the clock, and how long a session lives',
  balancesAsOf: 'the clock, when the ledger was asked',
  lastActivityAt: 'the clock of the request before',
  lastUsedAt: 'the clock of a payment',
  at: 'the clock of an activity',
};

/** Whether two replies have the same status and say the same, but for what belongs to one reply alone. */
export function isSameReply(one: ReplayedReply, other: ReplayedReply): boolean {
  return one.status === other.status && JSON.stringify(lasting(one.body)) === JSON.stringify(lasting(other.body));
}

/** The body without those parts, and with its names in order. */
function lasting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).filter(([name]) => !(name in ofOneReply));
  return parts.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, part]) => [name, lasting(part)]);
}
