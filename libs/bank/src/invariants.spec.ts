import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestCustomer, type TestLedger, openTestLedger } from '../test/test-ledger.js';
import { LedgerError } from './ledger-error.js';

let bank: TestLedger;
let customers: TestCustomer[];
beforeAll(async () => {
  bank = openTestLedger();
  customers = await Promise.all(Array.from({ length: 5 }, () => bank.customer({ current: 1_000, savings: 1_000 })));
});
afterAll(() => bank.close());

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)]!;

async function balances(): Promise<Map<string, number>> {
  const accounts = (await Promise.all(customers.map(({ owner }) => bank.ledger.accounts(owner)))).flat();
  return new Map(accounts.map(({ id, balanceMinor }) => [id, balanceMinor]));
}

test('a hundred transfers at once keep the sum', async () => {
  const pods = [bank.ledger, bank.otherPod(), bank.otherPod()];
  const transfers = Array.from({ length: 100 }, () => {
    const { owner, current } = pick(customers);
    const to = pick(customers.filter((other) => other.owner !== owner)).current.id;
    return pick(pods)
      .transfer(owner, randomUUID(), { from: current.id, to, amountMinor: randomInt(1, 20), currency: 'EUR' })
      .then(() => 'moved');
  });
  const outcomes = await Promise.allSettled(transfers);
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect([...(await balances()).values()].reduce((sum, balance) => sum + balance, 0)).toBe(10_000);
  expect(await bank.ledger.audit()).toMatchObject({ clean: true, breach: null });
});

test('random orders, right and wrong, do what a ledger in memory does', async () => {
  const model = await balances();
  const owners = new Map(
    customers.flatMap(({ owner, current, savings }) => [
      [current.id, owner],
      [savings.id, owner],
    ]),
  );
  const ids = [...model.keys(), 'nowhere'];
  const used = new Map<string, string>();

  const expected = (owner: string, key: string, from: string, to: string, amount: number): string => {
    const order = JSON.stringify([from, to, amount]);
    const before = used.get(owner + key);
    if (before !== undefined) return before === order ? 'replayed' : 'idempotency-key-reused';
    if (owners.get(from) !== owner || !owners.has(to)) return 'account-not-found';
    if (from === to) return 'same-account';
    if (model.get(from)! < amount) return 'insufficient-funds';
    used.set(owner + key, order);
    model.set(from, model.get(from)! - amount);
    model.set(to, model.get(to)! + amount);
    return 'moved';
  };

  const seen = new Set<string>();
  for (let n = 0; n < 1_000; n += 1) {
    const { owner, current, savings } = pick(customers);
    const from = pick([current.id, current.id, savings.id, savings.id, pick(ids)]);
    const [to, key, amountMinor] = [pick(ids), `key-${randomInt(60)}`, randomInt(1, 4) * 300];
    const outcome = await bank.ledger
      .transfer(owner, key, { from, to, amountMinor, currency: 'EUR' })
      .then(({ replayed }) => (replayed ? 'replayed' : 'moved'))
      .catch((error: unknown) => (error instanceof LedgerError ? error.code : Promise.reject(error)));
    expect(outcome).toBe(expected(owner, key, from, to, amountMinor));
    seen.add(outcome);
  }
  expect(seen.size).toBeGreaterThanOrEqual(5);
  expect(await balances()).toEqual(model);
  expect(await bank.ledger.audit()).toMatchObject({ clean: true, breach: null });
});
