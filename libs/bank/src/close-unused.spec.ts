import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TestCustomer, type TestLedger, openTestLedger } from '../test/test-ledger.js';

let bank: TestLedger;
let alice: TestCustomer;
let bob: TestCustomer;
let record: { key: string; value: string };

beforeEach(async () => {
  bank = openTestLedger();
  [alice, bob] = [await bank.customer(), await bank.customer({ savings: 0 })];
  record = { key: `${bank.prefix}record`, value: 'as it was' };
  await bank.redis.set(record.key, record.value);
});
afterEach(() => bank.close());

const treasury = () => bank.redis.hget(`${bank.prefix}account:treasury-EUR`, 'b');
const payFromBob = (amountMinor: number) =>
  bank.ledger.transfer(bob.owner, 'key', { from: bob.current.id, to: alice.savings.id, amountMinor, currency: 'EUR' });

test('closes what was never used, and leaves nothing of it but what the treasury tells', async () => {
  expect(await bank.ledger.closeUnused(alice.owner, record)).toBe(true);
  expect(await bank.ledger.accounts(alice.owner)).toEqual([]);
  const keys = await bank.redis.keys(`${bank.prefix}*`);
  const left = keys.filter((key) =>
    [alice.owner, alice.current.id, alice.savings.id, 'record'].some((id) => key.includes(id)),
  );
  expect(left).toEqual([]);
  expect(await treasury()).toBe('-100000');
  await expect(payFromBob(1)).rejects.toMatchObject({ code: 'account-not-found' });
  expect(await bank.ledger.audit()).toEqual({ clean: true, accounts: 3, transfers: 5, breach: null });
  // Sent again, as after a lost answer.
  await bank.redis.set(record.key, record.value);
  expect(await bank.ledger.closeUnused(alice.owner, record)).toBe(true);
  expect(await bank.ledger.audit()).toMatchObject({ clean: true, transfers: 5 });
});

test.each([
  ['was paid', () => payFromBob(1)],
  [
    'moved money from one account to the other and back',
    async () => {
      const [one, other] = [alice.current.id, alice.savings.id];
      await bank.ledger.transfer(alice.owner, 'a', { from: one, to: other, amountMinor: 1, currency: 'EUR' });
      await bank.ledger.transfer(alice.owner, 'b', { from: other, to: one, amountMinor: 1, currency: 'EUR' });
    },
  ],
  ['changed its record', () => bank.redis.set(record.key, 'otherwise')],
])('changes nothing of an owner who %s', async (_, use) => {
  await use();
  const before = [await bank.ledger.accounts(alice.owner), await treasury(), await bank.redis.get(record.key)];
  expect(await bank.ledger.closeUnused(alice.owner, record)).toBe(false);
  expect([await bank.ledger.accounts(alice.owner), await treasury(), await bank.redis.get(record.key)]).toEqual(before);
});

test('changes nothing of an owner without an opening deposit who was paid once', async () => {
  const cyd = await bank.customer({ current: 0, savings: 0 });
  await bank.ledger.transfer(bob.owner, 'key', {
    from: bob.current.id,
    to: cyd.current.id,
    amountMinor: 1,
    currency: 'EUR',
  });
  expect(await bank.ledger.closeUnused(cyd.owner, record)).toBe(false);
});

test('the audit names what is missing of an account that was closed', async () => {
  await bank.ledger.closeUnused(alice.owner, record);
  const entries = `${bank.prefix}entries:treasury-EUR`;
  await bank.redis.xdel(entries, '4-0');
  expect((await bank.ledger.audit()).breach).toMatch(
    /^M3: account treasury-EUR, entry \d+: its balance does not follow/,
  );
});

test('the audit is clean while accounts close and money moves', async () => {
  const stop = new AbortController();
  const closing = (async () => {
    while (!stop.signal.aborted) {
      const { owner } = await bank.customer();
      const own = { key: `${bank.prefix}record:${owner}`, value: '1' };
      await bank.redis.set(own.key, own.value);
      await bank.ledger.closeUnused(owner, own);
    }
  })();
  const pod = bank.otherPod();
  try {
    for (let audits = 0; audits < 100; audits += 1) {
      expect(await pod.audit()).toMatchObject({ clean: true, breach: null });
    }
  } finally {
    stop.abort();
    await closing;
  }
});
