import { setTimeout as sleep } from 'node:timers/promises';
import { exponential, type Random } from '../load/random.js';
import { modes } from '../modes.js';
import type { Account } from './customer.js';
import { Refused, SessionLost, Setback, Stopped } from './setback.js';
import { bearerOf } from './sign-in.js';
import { readStatement } from './statement.js';
import { StatefulTelling } from './stateful-journey.js';
import { StatelessTelling } from './stateless-journey.js';
import type { Telling } from './telling.js';
import type { Attempt } from './transfer-book.js';
import type { Visit } from './visit.js';
import type { JourneyEnd, TransferStep } from './witness.js';

export interface JourneyPlan {
  readonly visit: Visit;
  readonly payee: Account;
  readonly random: Random;
  /** Mean of the exponential think time between two steps; 0 for none. */
  readonly thinkMs: number;
}

/** So often a customer signs in again in one journey before it gives up; without a bound, `unpinned` would never end. */
const patience = 5;

/** A write that was under way when its pod died has reached the ledger by then, or never will. */
const settleAfterMs = 1_000;

/** The step of a transfer that is under way, undefined between transfers. */
interface Progress {
  step: TransferStep | undefined;
}

/**
 * One journey: sign in, look, look again, transfer in three steps, look, sign out. A customer whose session is lost
 * signs in at the counter again and starts what it was doing from its beginning. Resolves also when it gives up.
 */
export async function journey(plan: JourneyPlan): Promise<JourneyEnd> {
  const { visit } = plan;
  const end = await travel(plan).catch((error: unknown): JourneyEnd => {
    if (error instanceof Stopped) return 'stopped';
    if (error instanceof Setback) return 'gave-up';
    throw error;
  });
  visit.leave();
  visit.witness.journeyed(end);
  return end;
}

/** The style that fits the visit's mode. */
export function tellingFor(visit: Visit): Telling {
  const { style, path } = modes[visit.mode];
  return style === 'stateless' ? new StatelessTelling(visit) : new StatefulTelling(visit, path);
}

async function travel(plan: JourneyPlan): Promise<JourneyEnd> {
  const { visit } = plan;
  const telling = tellingFor(visit);
  const progress: Progress = { step: undefined };
  visit.customer.credentials = undefined;
  let losses = 0;

  const persist = async (act: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof SessionLost)) throw error;
        visit.lose(error.cause, progress.step);
        progress.step = undefined;
        if (++losses > patience || visit.stopping?.aborted) throw error;
        await telling.signIn();
      }
    }
  };

  await telling.signIn();
  const acts = [
    () => telling.look(),
    () => telling.look(),
    () => transfer(plan, telling, progress),
    () => telling.look(),
  ];
  for (const act of acts) {
    await visit.think(exponential(plan.thinkMs, plan.random));
    await persist(act);
  }
  await visit.think(exponential(plan.thinkMs, plan.random));
  await telling.signOut().catch((error: unknown) => {
    if (!(error instanceof SessionLost)) throw error;
    visit.lose(error.cause, undefined);
  });
  return 'finished';
}

async function transfer(plan: JourneyPlan, telling: Telling, progress: Progress): Promise<void> {
  const { visit, payee, random, thinkMs } = plan;
  const { current } = visit.customer;
  const book = visit.customer.transfers;
  const amountMinor = book.freshAmountMinor();
  progress.step = 'payee';
  await telling.payee(current.id, payee.id);
  await visit.think(exponential(thinkMs, random));
  progress.step = 'amount';
  await telling.amount(amountMinor, current.currency);
  await visit.think(exponential(thinkMs, random));
  progress.step = 'confirm';
  await confirm(plan, telling, book.write(current.id, payee.id, amountMinor));
  progress.step = undefined;
}

async function confirm({ visit }: JourneyPlan, telling: Telling, attempt: Attempt): Promise<void> {
  try {
    attempt.transferId = await telling.confirm();
    attempt.belief = 'acknowledged';
    visit.witness.transferred('acknowledged');
  } catch (error) {
    if (!(error instanceof Setback)) throw error;
    if (!visit.doubtful) {
      attempt.belief = 'refused';
      if (error instanceof Refused) visit.witness.transferred('refused');
      throw error;
    }
    if (await settle(visit, attempt)) return;
    throw error;
  }
}

/** Looks for a transfer of unknown outcome in the statement, as a careful customer would before paying again. */
async function settle(visit: Visit, attempt: Attempt): Promise<boolean> {
  attempt.belief = 'unknown';
  await sleep(settleAfterMs);
  try {
    const bearer = await bearerOf(visit.customer, (ask) => visit.ask(ask));
    const statement = await readStatement((ask) => visit.ask(ask), attempt.from, bearer);
    const entry = statement.find(({ amountMinor }) => amountMinor === -attempt.amountMinor);
    visit.witness.transferred(entry === undefined ? 'settled-not-done' : 'settled-done');
    if (entry === undefined) return false;
    attempt.belief = 'settled';
    attempt.transferId = entry.transferId;
    return true;
  } catch (error) {
    if (!(error instanceof Setback)) throw error;
    visit.witness.transferred('unsettled');
    return false;
  }
}
