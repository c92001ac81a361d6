import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { type TestLedger, openTestLedger } from '../test/test-ledger.js';
import { Ledger } from './ledger.js';

let bank: TestLedger;
let impatient: Redis;
let ledger: Ledger;
beforeAll(() => {
  bank = openTestLedger();
  impatient = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', { commandTimeout: 100 });
  ledger = new Ledger(impatient, { prefix: bank.prefix });
});
afterAll(async () => {
  impatient.disconnect();
  await bank.close();
});

/** Holds this connection up for so long. Not by CLIENT PAUSE, which would stop other tests on this Redis. */
const holdUp = (seconds: number) => impatient.blpop('nothing-is-ever-here', seconds).catch(() => null);
const untilItGoesOn = () => new Promise((resolve) => setTimeout(resolve, 700));

test('a transfer that Redis does not answer is unknown, and the same key finds out', async () => {
  const { owner, current, savings } = await bank.customer();
  const order = { from: current.id, to: savings.id, amountMinor: 1, currency: 'EUR' };
  await ledger.transfer(owner, 'before', order);
  const held = holdUp(0.5);
  await expect(ledger.transfer(owner, 'k', order)).rejects.toMatchObject({
    code: 'outcome-unknown',
    details: { idempotencyKey: 'k', order },
  });
  await held;
  await untilItGoesOn();
  await ledger.transfer(owner, 'k', order);
  expect((await ledger.transfer(owner, 'k', order)).replayed).toBe(true);
  expect((await bank.ledger.account(owner, savings.id)).balanceMinor).toBe(50_002);
});

test('a transfer that reaches Redis after its outcome was called unknown does nothing: its key may have been refused since', async () => {
  const { owner, current, savings } = await bank.customer({ current: 1 });
  const order = { from: current.id, to: savings.id, amountMinor: 2, currency: 'EUR' };
  await ledger.transfer(owner, 'before', { ...order, amountMinor: 1 });
  const held = holdUp(0.5);
  await expect(ledger.transfer(owner, 'k', order)).rejects.toMatchObject({ code: 'outcome-unknown' });
  await expect(bank.ledger.transfer(owner, 'k', order)).rejects.toMatchObject({ code: 'insufficient-funds' });
  await bank.ledger.transfer(owner, 'funds', { ...order, from: savings.id, to: current.id });
  await held;
  await untilItGoesOn();
  expect((await bank.ledger.account(owner, current.id)).balanceMinor).toBe(2);
  // Asked again it is made, as if it had never been asked.
  expect((await ledger.transfer(owner, 'k', order)).replayed).toBe(false);
});
