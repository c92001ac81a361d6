import type { Entry } from '#libs/bank';
import { retrying } from '../http/retry.js';
import { sharedIterations } from '../load/shared-iterations.js';
import { Connection } from '../http/connection.js';
import type { BankCustomer } from './customer.js';
import { bearerOf } from './auth-client.js';
import { readStatement } from './statement.js';
import type { TransferAttempt } from './transfer-book.js';

/** What the customers found in their statements, whatever the bank's own audit says. */
export interface StatementCheck {
  readonly customers: number;
  readonly transfers: number;
  /** Confirmed transfers whose outcome no answer told. */
  readonly unknown: number;
  /** Money that is not where the customers were told it is, in cents. */
  readonly lostMinor: number;
  /** One sentence each; empty when all is right. */
  readonly faults: readonly string[];
}

const readersAtOnce = 4;

/** Lets each customer read its statement over HTTP and compare it with its own book. */
export async function checkStatements(customers: readonly BankCustomer[], baseUrl: string): Promise<StatementCheck> {
  const checked = customers.filter(({ transfers }) => transfers.attempts.length > 0);
  const checks = { customers: checked.length, transfers: 0, unknown: 0, lostMinor: 0, faults: [] as string[] };
  const connections = Array.from({ length: readersAtOnce }, () => new Connection(baseUrl, 10_000));
  const check = async (_: number, index: number, reader: number): Promise<void> => {
    const customer = checked[index]!;
    const send = retrying(connections[reader]!);
    const bearer = await bearerOf(customer, send);
    const before = customer.transfers.attempts.map((attempt) => ({ ...attempt }));
    const statement = await readStatement(send, customer.current.id, bearer);
    // Who goes on meanwhile may have confirmed more than the statement tells.
    const meanwhile = customer.transfers.attempts.slice(before.length).map(unanswered);
    const attempts = [...before, ...meanwhile];
    const found = compare(customer.username, attempts, statement);
    checks.transfers += attempts.length;
    checks.unknown += attempts.filter(({ belief }) => belief === 'unknown' || belief === 'pending').length;
    checks.lostMinor += found.lostMinor;
    checks.faults.push(...found.faults);
  };
  try {
    await sharedIterations({ users: readersAtOnce, iterations: checked.length, iterate: check }).run();
  } finally {
    await Promise.all(connections.map((connection) => connection.close()));
  }
  return checks;
}

const unanswered = (attempt: TransferAttempt): TransferAttempt => ({
  ...attempt,
  belief: 'pending',
  transferId: undefined,
});

/**
 * Each acknowledged transfer is in the statement exactly once, each unknown one at most once, each refused one never,
 * and nothing left the account that the customer did not confirm. Amounts are unique within a customer's book.
 */
export function compare(
  who: string,
  attempts: readonly TransferAttempt[],
  statement: readonly Entry[],
): { lostMinor: number; faults: string[] } {
  const debits = new Map<number, Entry[]>();
  for (const entry of statement.filter(({ amountMinor }) => amountMinor < 0)) {
    debits.set(-entry.amountMinor, [...(debits.get(-entry.amountMinor) ?? []), entry]);
  }
  const faults: string[] = [];
  let lostMinor = 0;
  for (const { mode, amountMinor, belief, transferId } of attempts) {
    const entries = debits.get(amountMinor) ?? [];
    debits.delete(amountMinor);
    const [min, max] = bounds[belief];
    const wrong = Math.max(min - entries.length, entries.length - max, 0);
    lostMinor += wrong * amountMinor;
    if (wrong > 0)
      faults.push(`${who}, ${mode}: the ${belief} transfer of ${amountMinor} cents is there ${entries.length} times.`);
    else if (transferId !== undefined && entries[0]?.transferId !== transferId) {
      faults.push(`${who}, ${mode}: the transfer of ${amountMinor} cents is there as another than ${transferId}.`);
    }
  }
  for (const [amountMinor, entries] of debits) {
    lostMinor += amountMinor * entries.length;
    faults.push(`${who}: ${amountMinor} cents left the account that nobody confirmed.`);
  }
  return { lostMinor, faults };
}

/** How often a transfer may be in the statement, by what the customer believes of it. */
const bounds: Readonly<Record<TransferAttempt['belief'], readonly [number, number]>> = {
  acknowledged: [1, 1],
  settled: [1, 1],
  unknown: [0, 1],
  pending: [0, 1],
  refused: [0, 0],
  'moved-again': [2, 2],
};
