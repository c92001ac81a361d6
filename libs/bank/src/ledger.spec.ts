import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestLedger, openTestLedger } from '../test/test-ledger.js';

let bank: TestLedger;
beforeAll(() => {
  bank = openTestLedger({ clock: { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) } });
});
afterAll(() => bank.close());

describe('opening accounts', () => {
  test('gives a current and a savings account with their deposits', async () => {
    const { owner } = await bank.customer({ current: 100_000, savings: 0 });
    expect(await bank.ledger.accounts(owner)).toEqual([
      { id: expect.any(String), kind: 'current', currency: 'EUR', balanceMinor: 100_000 },
      { id: expect.any(String), kind: 'savings', currency: 'EUR', balanceMinor: 0 },
    ]);
  });

  test('twice for one owner leaves what the first time gave', async () => {
    const { owner, current, savings } = await bank.customer();
    const again = await bank.ledger.openAccounts(owner, 'EUR', { current: 1, savings: 1 });
    expect(again).toEqual([current, savings]);
  });

  test('takes the deposits from the treasury', async () => {
    const { owner, current } = await bank.customer({ current: 777, savings: 0, currency: 'CHF' });
    expect(await bank.redis.hget(`${bank.prefix}account:treasury-CHF`, 'b')).toBe('-777');
    const { entries } = await bank.ledger.entries(owner, current.id, { limit: 10 });
    expect(entries).toEqual([
      {
        id: expect.any(String),
        transferId: expect.any(String),
        amountMinor: 777,
        balanceMinor: 777,
        counterparty: 'treasury-CHF',
        reference: 'opening deposit',
        at: '2026-01-02T03:04:05.000Z',
      },
    ]);
  });

  test('never lets the treasury owe more than 2^53 - 1', async () => {
    await bank.customer({ current: Number.MAX_SAFE_INTEGER, savings: 0, currency: 'JPY' });
    await expect(bank.customer({ current: 1, savings: 0, currency: 'JPY' })).rejects.toMatchObject({
      code: 'balance-overflow',
    });
  });

  test.each([-1, 1.5, 2 ** 53])('refuses a deposit of %p', async (current) => {
    await expect(bank.customer({ current })).rejects.toThrow(RangeError);
  });
});

describe('an account', () => {
  test('is shown to its owner', async () => {
    const { owner, current } = await bank.customer();
    expect(await bank.ledger.account(owner, current.id)).toEqual(current);
  });

  test('is not found by anybody else', async () => {
    const { current } = await bank.customer();
    const stranger = await bank.customer();
    await expect(bank.ledger.account(stranger.owner, current.id)).rejects.toMatchObject({ code: 'account-not-found' });
    await expect(bank.ledger.entries(stranger.owner, current.id, { limit: 1 })).rejects.toMatchObject({
      code: 'account-not-found',
    });
  });

  test('of the treasury is not found by an owner without a name', async () => {
    await bank.customer();
    await expect(bank.ledger.account('', 'treasury-EUR')).rejects.toMatchObject({ code: 'account-not-found' });
  });

  test('of a stranger does not exist', async () => {
    expect(await bank.ledger.accounts('nobody')).toEqual([]);
  });
});

describe('entries', () => {
  test('come in pages, each once, oldest first', async () => {
    const { owner, current, savings } = await bank.customer();
    for (let n = 1; n <= 5; n += 1) {
      await bank.ledger.transfer(owner, `key-${n}`, {
        from: current.id,
        to: savings.id,
        amountMinor: n,
        currency: 'EUR',
      });
    }
    const amounts: number[][] = [];
    let after: string | null | undefined;
    do {
      const page = await bank.ledger.entries(owner, current.id, { after: after ?? undefined, limit: 2 });
      amounts.push(page.entries.map(({ amountMinor }) => amountMinor));
      after = page.next;
    } while (after !== null);
    expect(amounts).toEqual([
      [100_000, -1],
      [-2, -3],
      [-4, -5],
    ]);
  });
});
