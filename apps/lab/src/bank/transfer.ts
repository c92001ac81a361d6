import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { RequestRefused, StepError } from '../http/step-error.js';
import { bearerOf } from './auth-client.js';
import { readStatement } from './statement.js';
import type { StyleClient } from './style-client.js';
import type { TransferAttempt } from './transfer-book.js';
import type { ClientSession } from './client-session.js';

/** A write that was under way when its pod died has reached the ledger by then, or never will. */
const settleAfterMs = 1_000;

/**
 * A transfer in three steps, of an amount that this customer never sent before.
 * @throws StepError
 */
export async function transfer(scenario: Scenario): Promise<void> {
  const { clientSession, payee, client, think } = scenario;
  const { current, transfers } = clientSession.customer;
  const amountMinor = transfers.freshAmountMinor();
  scenario.step = 'payee';
  await client.payee(current.id, payee.id);
  await think();
  scenario.step = 'amount';
  await client.amount(amountMinor, current.currency);
  await think();
  scenario.step = 'confirm';
  await confirm(clientSession, client, transfers.write(clientSession.mode, current.id, payee.id, amountMinor));
  scenario.step = undefined;
}

/**
 * Confirms, and writes into the customer's book what came of it.
 * @throws StepError when the transfer was not made, as far as the customer can find out
 */
export async function confirm(
  clientSession: ClientSession,
  client: StyleClient,
  attempt: TransferAttempt,
): Promise<void> {
  try {
    attempt.transferId = await client.confirm();
    attempt.belief = 'acknowledged';
    clientSession.observer.transferred('acknowledged');
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    if (clientSession.doubtful) {
      if (await settle(clientSession, attempt)) return;
      throw error;
    }
    attempt.belief = 'refused';
    if (error instanceof RequestRefused) clientSession.observer.transferred('refused');
    throw error;
  }
}

/** Looks for a transfer of unknown outcome in the statement, as a careful customer would before paying again. */
async function settle(clientSession: ClientSession, attempt: TransferAttempt): Promise<boolean> {
  attempt.belief = 'unknown';
  await sleep(settleAfterMs);
  try {
    const bearer = await bearerOf(clientSession.customer, clientSession.request);
    const statement = await readStatement(clientSession.request, attempt.from, bearer);
    const entry = statement.find(({ amountMinor }) => amountMinor === -attempt.amountMinor);
    clientSession.observer.transferred(entry === undefined ? 'settled-not-done' : 'settled-done');
    if (entry === undefined) return false;
    attempt.belief = 'settled';
    attempt.transferId = entry.transferId;
    return true;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    clientSession.observer.transferred('unsettled');
    return false;
  }
}
