import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type TestCustomer, type TestLedger, openTestLedger } from '../test/test-ledger.js';
import type { TransferOrder } from './transfers.js';

let bank: TestLedger;
let alice: TestCustomer;
let bob: TestCustomer;
beforeAll(() => {
  bank = openTestLedger({ clock: { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) } });
});
beforeEach(async () => {
  [alice, bob] = await Promise.all([bank.customer(), bank.customer()]);
});
afterAll(() => bank.close());

const balance = async ({ owner, current }: TestCustomer) => (await bank.ledger.account(owner, current.id)).balanceMinor;
const order = (changes: Partial<TransferOrder> = {}): TransferOrder => ({
  from: alice.current.id,
  to: bob.current.id,
  amountMinor: 100,
  currency: 'EUR',
  ...changes,
});

describe('a transfer', () => {
  test('moves money to another customer and stands in both accounts', async () => {
    const { transfer, replayed } = await bank.ledger.transfer(alice.owner, 'rent', order({ reference: 'rent, May' }));
    expect(replayed).toBe(false);
    expect(transfer).toEqual({
      ...order(),
      reference: 'rent, May',
      transferId: expect.any(String),
      at: '2026-01-02T03:04:05.000Z',
    });
    expect([await balance(alice), await balance(bob)]).toEqual([99_900, 100_100]);
    const [paid, got] = await Promise.all(
      [alice, bob].map(({ owner, current }) => bank.ledger.entries(owner, current.id, { limit: 10 })),
    );
    const { transferId, reference, at } = transfer;
    const line = { id: paid!.entries[1]!.id, transferId, reference, at };
    expect(paid!.entries[1]).toEqual({
      ...line,
      amountMinor: -100,
      balanceMinor: 99_900,
      counterparty: bob.current.id,
    });
    expect(got!.entries[1]).toEqual({
      ...line,
      amountMinor: 100,
      balanceMinor: 100_100,
      counterparty: alice.current.id,
    });
  });

  test.each([0, -1, 1.5, 2 ** 53, Number.NaN])('of %p is refused before it reaches Redis', async (amountMinor) => {
    await expect(bank.ledger.transfer(alice.owner, 'k', order({ amountMinor }))).rejects.toThrow(RangeError);
  });

  test.each([
    ['insufficient-funds', {}, () => order({ amountMinor: 100_001 })],
    ['same-account', {}, () => order({ to: alice.current.id })],
    ['currency-mismatch', {}, () => order({ currency: 'USD' })],
    ['account-not-found', { field: 'from' }, () => order({ from: bob.current.id, to: alice.current.id })],
    ['account-not-found', { field: 'from' }, () => order({ from: 'treasury-EUR' })],
    ['account-not-found', { field: 'from' }, () => order({ from: 'nowhere' })],
    ['account-not-found', { field: 'to' }, () => order({ to: 'nowhere' })],
    ['account-not-found', { field: 'to' }, () => order({ to: 'treasury-EUR' })],
  ])('that breaks a rule is refused as %s %p, and its key can be used again', async (code, details, makeOrder) => {
    const key = randomUUID();
    await expect(bank.ledger.transfer(alice.owner, key, makeOrder())).rejects.toMatchObject({ code, details });
    expect([await balance(alice), await balance(bob)]).toEqual([100_000, 100_000]);
    expect((await bank.ledger.transfer(alice.owner, key, order())).replayed).toBe(false);
  });

  test.each(['EUR', 'USD'])('between accounts of two currencies is refused in %s', async (currency) => {
    const { current } = await bank.customer({ currency: 'USD' });
    const crossing = order({ to: current.id, currency });
    await expect(bank.ledger.transfer(alice.owner, 'k', crossing)).rejects.toMatchObject({ code: 'currency-mismatch' });
  });

  test('moves 2^53 - 1 to the cent, and not one more than an account can hold', async () => {
    const max = Number.MAX_SAFE_INTEGER - 10;
    const rich = await bank.customer({ current: max, savings: 10, currency: 'KRW' });
    const own = { from: rich.current.id, to: rich.savings.id, currency: 'KRW' };
    await bank.ledger.transfer(rich.owner, '1', { ...own, amountMinor: max });
    expect((await bank.ledger.accounts(rich.owner)).map(({ balanceMinor }) => balanceMinor)).toEqual([
      0,
      Number.MAX_SAFE_INTEGER,
    ]);
    const back = { ...own, from: own.to, to: own.from };
    await bank.ledger.transfer(rich.owner, '2', { ...back, amountMinor: Number.MAX_SAFE_INTEGER });
    // Only by hand can money come from nowhere: the treasury's bound keeps all of it below 2^53.
    await bank.redis.hset(`${bank.prefix}account:${rich.savings.id}`, 'b', '1');
    await expect(bank.ledger.transfer(rich.owner, '3', { ...back, amountMinor: 1 })).rejects.toMatchObject({
      code: 'balance-overflow',
    });
    await bank.redis.hset(`${bank.prefix}account:${rich.savings.id}`, 'b', '0');
  });
});

describe('a key', () => {
  test('asked again gives the first reply and moves nothing', async () => {
    const first = await bank.ledger.transfer(alice.owner, 'k', order());
    const again = await bank.otherPod({ clock: { now: () => 0 } }).transfer(alice.owner, 'k', order());
    expect(again).toEqual({ transfer: first.transfer, replayed: true });
    expect(await balance(alice)).toBe(99_900);
  });

  test('gives the first reply even when the account has been emptied since', async () => {
    const all = order({ amountMinor: 100_000 });
    const { transfer } = await bank.ledger.transfer(alice.owner, 'k', all);
    expect(await bank.ledger.transfer(alice.owner, 'k', all)).toEqual({ transfer, replayed: true });
  });

  test.each([{ amountMinor: 101 }, { reference: 'other' }, { currency: 'USD' }, { to: 'elsewhere' }])(
    'with another order (%p) is refused',
    async (changes) => {
      await bank.ledger.transfer(alice.owner, 'k', order());
      await expect(bank.ledger.transfer(alice.owner, 'k', order(changes))).rejects.toMatchObject({
        code: 'idempotency-key-reused',
      });
    },
  );

  test('is its owner’s own: two customers may use the same one', async () => {
    await bank.ledger.transfer(alice.owner, 'same', order());
    const back = { from: bob.current.id, to: alice.current.id };
    expect((await bank.ledger.transfer(bob.owner, 'same', order(back))).replayed).toBe(false);
  });

  test('sent three times at once through three pods moves money once', async () => {
    const pods = [bank.otherPod(), bank.otherPod(), bank.otherPod()];
    const results = await Promise.all(pods.map((pod) => pod.transfer(alice.owner, 'k', order())));
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(results.map(({ transfer }) => transfer.transferId)).size).toBe(1);
    expect(await balance(alice)).toBe(99_900);
  });

  test('is in flight while this pod is still at it', async () => {
    const first = bank.ledger.transfer(alice.owner, 'k', order());
    await expect(bank.ledger.transfer(alice.owner, 'k', order())).rejects.toMatchObject({ code: 'transfer-in-flight' });
    expect((await first).replayed).toBe(false);
    expect((await bank.ledger.transfer(alice.owner, 'k', order())).replayed).toBe(true);
  });

  test('is forgotten after its time to live', async () => {
    const pod = bank.otherPod({ idempotencyTtlSeconds: 1 });
    await pod.transfer(alice.owner, 'k', order());
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await pod.transfer(alice.owner, 'k', order())).replayed).toBe(false);
  });
});
