import { setTimeout as sleep } from 'node:timers/promises';
import type { Errand } from './errand.js';
import { Refused, Setback } from './setback.js';
import { bearerOf } from './sign-in.js';
import { readStatement } from './statement.js';
import type { Telling } from './telling.js';
import type { Attempt } from './transfer-book.js';
import type { Visit } from './visit.js';

/** A write that was under way when its pod died has reached the ledger by then, or never will. */
const settleAfterMs = 1_000;

/**
 * A transfer in three steps, of an amount that this customer never sent before.
 * @throws Setback
 */
export async function transfer(errand: Errand): Promise<void> {
  const { visit, payee, telling, think } = errand;
  const { current, transfers } = visit.customer;
  const amountMinor = transfers.freshAmountMinor();
  errand.step = 'payee';
  await telling.payee(current.id, payee.id);
  await think();
  errand.step = 'amount';
  await telling.amount(amountMinor, current.currency);
  await think();
  errand.step = 'confirm';
  await confirm(visit, telling, transfers.write(visit.mode, current.id, payee.id, amountMinor));
  errand.step = undefined;
}

/**
 * Confirms, and writes into the customer's book what came of it.
 * @throws Setback when the transfer was not made, as far as the customer can find out
 */
export async function confirm(visit: Visit, telling: Telling, attempt: Attempt): Promise<void> {
  try {
    attempt.transferId = await telling.confirm();
    attempt.belief = 'acknowledged';
    visit.witness.transferred('acknowledged');
  } catch (error) {
    if (!(error instanceof Setback)) throw error;
    if (visit.doubtful) {
      if (await settle(visit, attempt)) return;
      throw error;
    }
    attempt.belief = 'refused';
    if (error instanceof Refused) visit.witness.transferred('refused');
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
