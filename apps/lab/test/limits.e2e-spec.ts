import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { retrying } from '../src/http/retry.js';
import { CustomerPool } from '../src/bank/pool.js';
import { signIn } from '../src/bank/auth-client.js';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { BankClient } from './bank-client.js';

const few = { REGISTRATIONS_PER_HOUR: '3', SIGN_INS_PER_MINUTE: '3', REFRESHES_PER_MINUTE: '3' };
const fewSessions = { SESSIONS_PER_MINUTE: '3', SESSIONS_PER_MINUTE_OF_ADDRESS: '3' };

let platform: LocalPlatform;
beforeAll(async () => {
  platform = await startLocalPlatform({
    port: 0,
    workloads: { auth: 2, 'session-sticky': 2 },
    environment: { auth: few, 'session-sticky': fewSessions },
  });
}, 60_000);
afterAll(() => platform?.close(), 60_000);

it('counts a client behind the gateway by its address, whatever address it claims', async () => {
  const register = async (count: number) => {
    const claims = { 'x-forwarded-for': `192.0.2.${count}`, forwarded: `for=192.0.2.${count}` };
    const body = { username: `ada-${count}`, password: 'correct horse', name: 'Ada' };
    return new BankClient(platform.baseUrl, '').ask('POST', '/auth/customers', body, claims);
  };
  const replies = [await register(1), await register(2), await register(3), await register(4)];
  expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  expect(replies[3]!.headers.get('retry-after')).toMatch(/^3[56]\d\d$/);
});

it('lets the lab, which comes from the same address, send what it wants', async () => {
  const pool = new CustomerPool(platform.baseUrl);
  await pool.grow(8);
  const refused: number[] = [];
  for (const customer of pool.customers) {
    customer.connection.onRecorded = ({ status = 0 }) => void (status < 300 || refused.push(status));
    const send = retrying(customer.connection, 1);
    const { accessToken: bearer } = await signIn(customer, send);
    for (let session = 0; session < 5; session += 1) {
      await send({ operation: 'open', method: 'POST', path: '/session', bearer });
    }
  }
  await pool.close();
  expect(refused).toEqual([]);
});
