import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type TestCustomer, type TestLedger, openTestLedger } from '../test/test-ledger.js';

let bank: TestLedger;
let alice: TestCustomer;
let bob: TestCustomer;

beforeEach(async () => {
  bank = openTestLedger();
  [alice, bob] = [await bank.customer(), await bank.customer()];
  // Sequences 1 to 4 are the opening deposits; these are 5 to 7.
  for (const key of ['a', 'b', 'c']) await pay(key);
  expect(await bank.ledger.audit()).toEqual({ clean: true, accounts: 5, transfers: 7, breach: null });
});
afterEach(() => bank.close());

const pay = (key: string) =>
  bank.ledger.transfer(alice.owner, key, {
    from: alice.current.id,
    to: bob.current.id,
    amountMinor: 100,
    currency: 'EUR',
  });
const accountKey = (id: string) => `${bank.prefix}account:${id}`;
const entriesKey = (id: string) => `${bank.prefix}entries:${id}`;
const entry = (amount: number, balance: number, key = '', at = Date.now()) =>
  ['t', 'forged', 'a', amount, 'b', balance, 'c', 'elsewhere', 'r', '', 'd', at, 'k', key] as const;

/** Makes a transfer by hand that keeps every account's own chain right. */
async function forge(sequence: number, paid: number, got: number, key: string): Promise<void> {
  await bank.redis.set(`${bank.prefix}sequence`, sequence);
  for (const [{ id }, amount, usedKey] of [
    [alice.current, paid, key],
    [bob.current, got, ''],
  ] as const) {
    const balance = Number(await bank.redis.hget(accountKey(id), 'b')) + amount;
    await bank.redis.xadd(entriesKey(id), `${sequence}-0`, ...entry(amount, balance, usedKey));
    await bank.redis.hset(accountKey(id), 'b', balance);
  }
}

describe('the audit names', () => {
  const breach = async () => (await bank.ledger.audit()).breach;

  test('an account whose balance was changed', async () => {
    await bank.redis.hset(accountKey(bob.current.id), 'b', 1);
    expect(await breach()).toBe(`M3: account ${bob.current.id} shows 1, its newest entry 100300`);
  });

  test('an account that is gone', async () => {
    await bank.redis.del(accountKey(bob.current.id));
    expect(await breach()).toMatch(/^M2: transfer 3 stands in 1 entries that add up to -100000: account treasury-EUR/);
  });

  test('an account whose entry was taken out of the middle', async () => {
    await bank.redis.xdel(entriesKey(bob.current.id), '6-0');
    expect(await breach()).toBe(`M3: account ${bob.current.id}, entry 7: its balance does not follow`);
  });

  test('an account whose newest entry was taken', async () => {
    await bank.redis.xdel(entriesKey(bob.current.id), '7-0');
    expect(await breach()).toBe(`M3: account ${bob.current.id} shows 100300, its newest entry 100200`);
  });

  test('an account that owes', async () => {
    await forge(8, -200_000, 200_000, 'd');
    expect(await breach()).toBe(`M3: account ${alice.current.id}, entry 8: its balance is below 0`);
  });

  test('an account with an entry that no transfer made', async () => {
    await bank.redis.xadd(entriesKey(bob.current.id), '9-0', ...entry(5, 100_305));
    await bank.redis.hset(accountKey(bob.current.id), 'b', 100_305);
    expect(await breach()).toBe(`M2: account ${bob.current.id} has entry 9, which no transfer made`);
  });

  test('a transfer whose entries do not cancel out', async () => {
    await forge(8, -100, 101, 'd');
    const found = await breach();
    expect(found).toMatch(/^M2: transfer 8 stands in 2 entries that add up to 1: /);
    expect(found).toContain(`account ${alice.current.id} (-100)`);
    expect(found).toContain(`account ${bob.current.id} (101)`);
  });

  test('a transfer that is in no account', async () => {
    await bank.redis.incr(`${bank.prefix}sequence`);
    expect(await breach()).toBe('M2: transfer 8 stands in 0 entries that add up to 0: in no account');
  });

  test('a key that moved money twice', async () => {
    await forge(8, -100, 100, 'b');
    expect(await breach()).toBe(`M2: key b of ${alice.owner} moved money twice, last in transfer 8`);
  });

  test('a key that answers with a transfer that is not there', async () => {
    const key = `${bank.prefix}idempotency:${alice.owner}:b`;
    const stored = String(await bank.redis.get(key));
    await bank.redis.set(key, stored.replace(/^[^ ]+/, 'lost'));
    expect(await breach()).toBe(
      `M2: key ${key} answers with transfer lost, which account ${alice.current.id} does not hold`,
    );
  });

  test('a currency whose balances do not add up', async () => {
    await bank.redis.hset(accountKey(bob.savings.id), 'c', 'USD');
    // Whichever of the two currencies Redis tells of first.
    expect(await breach()).toMatch(/^M1: all balances in (EUR add up to -50000|USD add up to 50000), not 0$/);
  });
});

test('a key that moves money again after its time to live is no breach', async () => {
  const late = bank.otherPod({ idempotencyTtlSeconds: 60, clock: { now: () => Date.now() + 60_000 } });
  await bank.redis.del(`${bank.prefix}idempotency:${alice.owner}:a`);
  await late.transfer(alice.owner, 'a', {
    from: alice.current.id,
    to: bob.current.id,
    amountMinor: 1,
    currency: 'EUR',
  });
  expect((await late.audit()).breach).toBeNull();
});

test('the audit is clean at every moment of running traffic', async () => {
  const stop = new AbortController();
  let keys = 0;
  const teller = async () => {
    while (!stop.signal.aborted) {
      const [from, to] = randomInt(2) ? [alice, bob] : [bob, alice];
      const order = { from: from.current.id, to: to.current.id, amountMinor: 1, currency: 'EUR' };
      await bank.ledger.transfer(from.owner, `traffic-${(keys += 1)}`, order);
      if (keys % 50 === 0) await bank.customer();
    }
  };
  const tellers = Array.from({ length: 4 }, teller);
  const transfers: number[] = [];
  try {
    for (let n = 0; n < 6; n += 1) {
      const result = await bank.ledger.audit();
      expect(result).toMatchObject({ clean: true, breach: null });
      transfers.push(result.transfers);
    }
  } finally {
    stop.abort();
    await Promise.all(tellers);
  }
  expect(transfers.at(-1)).toBeGreaterThan(transfers[0]!);
});
