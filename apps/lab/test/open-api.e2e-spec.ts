import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { generateClient, type GeneratedClient } from './generated-client.js';

const services = ['auth', 'account', 'session'] as const;
const startMs = 60_000;

let platform: LocalPlatform;
let folder: string;
const texts = new Map<string, string>();
const clients = new Map<string, GeneratedClient>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tellers-clients-'));
  platform = await startLocalPlatform({ port: 0, workloads: { auth: 1, account: 1, 'session-sticky': 1 } });
  for (const service of services) {
    const text = await (await fetch(`${platform.baseUrl}/${service}/openapi.json`)).text();
    texts.set(service, text);
    const client = await generateClient(await mkdtemp(join(folder, service)), JSON.parse(text) as object);
    client.setConfig({ baseUrl: platform.baseUrl });
    clients.set(service, client);
  }
}, 2 * startMs);
afterAll(async () => {
  await platform?.close();
  await rm(folder, { recursive: true, force: true });
}, startMs);

/** An operation of a service, by the name that its client has for it. */
const operation = (service: string, name: string) => clients.get(service)!.operations[name]!;

it.each(services)('has nothing in the document of %s that the recommended rules of redocly refuse', async (service) => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source: texts.get(service)!, absoluteRef: `${service}.json`, config });
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});

it('gives generated clients names that a person would choose', () => {
  const names = services.map((service) => Object.keys(clients.get(service)!.operations).toSorted().join(' '));
  expect(names).toEqual([
    'getKeySet logIn logOut refreshTokens registerCustomer',
    'getAccount listAccounts listEntries makeTransfer takeTransferStep',
    'beginTransfer chooseAmount choosePayee confirmTransfer dropTransfer endSession getOverview getSession getTransfer openSession',
  ]);
});

it('lets generated clients sign in, read, move money, and hold a session', async () => {
  const credentials = { username: `ada-${randomUUID()}`, password: 'correct horse' };
  const registered = await operation('auth', 'registerCustomer')({ body: { ...credentials, name: 'Ada' } });
  expect(registered.response.status).toBe(201);
  const [current, savings] = registered.data.accounts;
  const { data: tokens } = await operation('auth', 'logIn')({ body: credentials });
  for (const service of ['account', 'session']) clients.get(service)!.setConfig({ auth: () => tokens.access_token });

  const order = { from: current.id, to: savings.id, amountMinor: 100, currency: current.currency };
  const headers = { 'Idempotency-Key': randomUUID() };
  const { data: transfer } = await operation('account', 'makeTransfer')({ body: order, headers });
  expect(transfer).toMatchObject(order);
  const page = { path: { id: savings.id }, query: { limit: 1 } };
  expect((await operation('account', 'listEntries')(page)).data.entries).toHaveLength(1);
  const step = { step: 'payee', from: savings.id, to: current.id };
  expect((await operation('account', 'takeTransferStep')({ body: step })).data.next).toBe('amount');

  const { response } = await operation('session', 'openSession')();
  const [, session] = /tellers-session-sticky=([^;]+)/.exec(response.headers.get('set-cookie')!)!;
  clients.get('session')!.setConfig({ auth: () => session });
  expect((await operation('session', 'getSession')()).data.name).toBe('Ada');
  expect((await operation('session', 'beginTransfer')()).data.next).toBe('payee');
  await operation('session', 'choosePayee')({ body: { to: savings.id } });
  await operation('session', 'chooseAmount')({ body: { amountMinor: 50, currency: current.currency } });
  expect((await operation('session', 'confirmTransfer')()).data.amountMinor).toBe(50);
  expect((await operation('session', 'getOverview')()).data.payees).toMatchObject([{ account: savings.id, times: 1 }]);
  expect((await operation('session', 'endSession')()).response.status).toBe(204);
  expect((await operation('session', 'getSession')()).error.status).toBe(401);

  const { data } = await operation('account', 'listAccounts')();
  expect(data.accounts[1].balanceMinor - savings.balanceMinor).toBe(150);
});
