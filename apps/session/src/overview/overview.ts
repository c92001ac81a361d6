import type { Account } from '#libs/bank';
import type { Clock } from '#libs/service';
import { rememberActivity, type Activity } from '../sessions/session.js';
import type { Session } from '../sessions/session.js';
import { viewOf, type DraftView } from '../transfer/draft.js';
import type { BalanceCache, KnownAccounts } from './balance-cache.js';

export interface Overview {
  readonly greeting: string;
  /** How often this session has seen the overview, this time included. */
  readonly visits: number;
  readonly lastActivityAt: string | null;
  readonly accounts: readonly Account[];
  readonly balancesAsOf: string;
  /** Newest first. */
  readonly recentActivity: readonly (Omit<Activity, 'at'> & { at: string })[];
  /** Whom the customer pays, the most frequent first. */
  readonly payees: readonly { account: string; times: number; lastUsedAt: string }[];
  readonly unfinishedTransfer: DraftView | null;
}

/** What the teller shows, shaped by what the customer did before and from nothing but what the pod remembers. */
export class Overviews {
  constructor(
    private readonly accounts: BalanceCache,
    private readonly clock: Clock,
  ) {}

  look(sessionId: string | undefined): Promise<Overview> {
    return this.accounts.use(sessionId, (session, known) => {
      session.visits += 1;
      const overview = overviewOf(session, known);
      rememberActivity(session, { at: this.clock.now(), what: 'looked' });
      return overview;
    });
  }
}

function overviewOf(session: Session, { accounts, asOf }: KnownAccounts): Overview {
  const { visits, recent = [], payees = [], draft } = session;
  const unfinished = draft && !draft.done ? viewOf(draft) : null;
  return {
    greeting: greetingOf(session, unfinished),
    visits,
    lastActivityAt: isoOrNull(recent.at(-1)?.at),
    accounts,
    balancesAsOf: new Date(asOf).toISOString(),
    recentActivity: recent.toReversed().map((activity) => ({ ...activity, at: new Date(activity.at).toISOString() })),
    payees: payees
      .toSorted((one, other) => other.times - one.times || other.lastUsedAt - one.lastUsedAt)
      .map((payee) => ({ ...payee, lastUsedAt: new Date(payee.lastUsedAt).toISOString() })),
    unfinishedTransfer: unfinished,
  };
}

function greetingOf({ name, visits }: Session, unfinished: DraftView | null): string {
  if (visits === 1) return `Welcome, ${name}.`;
  if (unfinished) return `Welcome back, ${name}. Your transfer waits for its next step: ${unfinished.next}.`;
  return `Welcome back, ${name}.`;
}

function isoOrNull(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
