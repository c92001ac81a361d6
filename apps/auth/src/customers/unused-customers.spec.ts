import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Ledger } from '#libs/bank';
import { forgetKeys, testVariables } from '#libs/testing';
import { Customers } from './customers.js';
import { UnusedCustomers } from './unused-customers.js';

const day = 86_400_000;
const log = { info: () => {}, warn: () => {} } as unknown as ConstructorParameters<typeof UnusedCustomers>[5];
let prefix: string;
let redis: Redis;
let now: number;
let customers: Customers;
let ledger: Ledger;
let unused: UnusedCustomers;

beforeEach(() => {
  prefix = testVariables().REDIS_KEY_PREFIX!;
  redis = new Redis(process.env.REDIS_URL!);
  now = Date.now();
  customers = new Customers(redis, prefix);
  ledger = new Ledger(redis, { prefix });
  unused = new UnusedCustomers(redis, prefix, customers, ledger, { now: () => now }, log, 7 * day);
});
afterEach(async () => {
  unused.close();
  redis.disconnect();
  await forgetKeys(prefix);
});

async function registered(username: string) {
  const customer = { customerId: randomUUID(), username, name: 'Ada', passwordHash: 'x', opened: true };
  await customers.claim(customer);
  await unused.add(customer);
  const [current, savings] = await ledger.openAccounts(customer.customerId, 'EUR', { current: 100, savings: 100 });
  return { ...customer, current: current!.id, savings: savings!.id };
}

it('forgets who was not seen for long and never moved money, and nobody else', async () => {
  const [gone, paid, seen] = [await registered('gone'), await registered('paid'), await registered('seen')];
  const order = { from: paid.current, to: paid.savings, amountMinor: 1, currency: 'EUR' };
  await ledger.transfer(paid.customerId, 'key', order);
  now += 4 * day;
  unused.seen(seen.customerId);
  const late = await registered('late');
  now += 4 * day;
  await unused.sweep();
  const left = await Promise.all(['gone', 'paid', 'seen', 'late'].map((name) => customers.find(name)));
  expect(left.map((one) => one?.customerId)).toEqual([undefined, paid.customerId, seen.customerId, late.customerId]);
  expect(await ledger.accounts(gone.customerId)).toEqual([]);
  expect(await ledger.audit()).toMatchObject({ clean: true });
  // Who moved money is looked at no more.
  expect(await redis.zcard(`${prefix}customers-unused`)).toBe(2);
  expect(await redis.hlen(`${prefix}customers-unused-names`)).toBe(2);
});

it('forgets a registration that stayed half done, and lets its name be had anew', async () => {
  const half = { customerId: randomUUID(), username: 'half', name: 'Ada', passwordHash: 'x', opened: false };
  await customers.claim(half);
  await unused.add(half);
  now += 8 * day;
  await unused.sweep();
  const next = await registered('half');
  now += 8 * day;
  // As when a pod that had swept died before it could say so.
  await unused.add(half);
  now += 8 * day;
  unused.seen(next.customerId);
  await unused.sweep();
  expect(await customers.find('half')).toMatchObject({ customerId: next.customerId });
});
