import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { type TestLedger, openTestLedger } from '../test/test-ledger.js';
import { Ledger } from './ledger.js';

let bank: TestLedger;
let impatient: Redis;
beforeAll(() => {
  bank = openTestLedger();
  impatient = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', { commandTimeout: 100 });
});
afterAll(async () => {
  impatient.disconnect();
  await bank.close();
});

test('a transfer that Redis does not answer is unknown, and the same key finds out', async () => {
  const { owner, current, savings } = await bank.customer();
  const order = { from: current.id, to: savings.id, amountMinor: 1, currency: 'EUR' };
  const ledger = new Ledger(impatient, { prefix: bank.prefix });
  // Not CLIENT PAUSE, which would stop other tests on this Redis: only this connection is held up.
  await impatient.ping();
  const blocked = impatient.blpop('nothing-is-ever-here', 0.5).catch(() => null);
  await expect(ledger.transfer(owner, 'k', order)).rejects.toMatchObject({
    code: 'outcome-unknown',
    details: { idempotencyKey: 'k', order },
  });
  await blocked;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await ledger.transfer(owner, 'k', order)).replayed).toBe(true);
  expect((await bank.ledger.account(owner, savings.id)).balanceMinor).toBe(50_001);
});
