import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ledger, type Account } from '#libs/bank';
import { formatKeySet, generateSigningKey } from '#libs/identity';
import { createService, readEnvironment, type Service } from '#libs/service';
import { eventually, hasRedisServer, RedisServer, testVariables } from '#libs/testing';
import { authService } from '../src/auth-service.js';
import { authEnvironment } from '../src/environment.js';

(hasRedisServer ? describe : describe.skip)('a store that is nearly full', () => {
  let server: RedisServer;
  let service: Service;
  let folder: string;
  const post = (path: string, payload: object) => service.app.inject({ method: 'POST', url: `/auth${path}`, payload });
  const ada = { username: 'ada', password: 'correct horse' };

  beforeAll(async () => {
    server = await RedisServer.start();
    folder = mkdtempSync(join(tmpdir(), 'auth-'));
    const SIGNING_KEYS_FILE = join(folder, 'keys.json');
    writeFileSync(SIGNING_KEYS_FILE, formatKeySet([generateSigningKey(Date.now())]));
    const variables = testVariables({ REDIS_URL: server.url(), SIGNING_KEYS_FILE });
    service = await createService(authService(readEnvironment(authEnvironment, variables)));
    await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);
  });
  afterAll(async () => {
    await service.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('takes no new customer, and lets those who are there sign in and transfer', async () => {
    const registered = (await post('/customers', { ...ada, name: 'Ada' })).json();
    const [from, to] = registered.accounts as [Account, Account];
    await server.beNearlyFull();
    let refused = await post('/customers', { ...ada, username: 'bob', name: 'Bob' });
    await eventually(async () => {
      refused = await post('/customers', { ...ada, username: 'bob', name: 'Bob' });
      return refused.statusCode !== 201 && refused.statusCode !== 409;
    });
    expect(refused.json()).toMatchObject({ status: 503, type: 'urn:tellers:problem:store-nearly-full' });
    expect(refused.headers['retry-after']).toBe('30');
    expect((await post('/login', ada)).statusCode).toBe(200);
    const ledger = service.app.get(Ledger, { strict: false });
    const order = { from: from.id, to: to.id, amountMinor: 1, currency: 'EUR' };
    await expect(ledger.transfer(registered.customerId, 'key', order)).resolves.toMatchObject({ replayed: false });
    await server.beRoomy();
    await eventually(
      async () => (await post('/customers', { ...ada, username: 'cyd', name: 'Cyd' })).statusCode === 201,
    );
  });
});
