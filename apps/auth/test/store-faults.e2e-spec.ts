import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKeySet, generateSigningKey } from '#libs/identity';
import { createService, readEnvironment } from '#libs/service';
import { describeStoreFaults, eventually, testVariables, type StoreClient } from '#libs/testing';
import { authService } from '../src/auth-service.js';
import { authEnvironment } from '../src/environment.js';

describeStoreFaults('the auth service', async (REDIS_URL): Promise<StoreClient> => {
  const folder = mkdtempSync(join(tmpdir(), 'auth-'));
  const SIGNING_KEYS_FILE = join(folder, 'keys.json');
  writeFileSync(SIGNING_KEYS_FILE, formatKeySet([generateSigningKey(Date.now())]));
  const settings = readEnvironment(
    authEnvironment,
    testVariables({ REDIS_URL, REDIS_KEY_PREFIX: 'tellers:', SIGNING_KEYS_FILE }),
  );
  const service = await createService(authService(settings));
  await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);

  async function call(url: string, payload: object) {
    const reply = await service.app.inject({ method: 'POST', url: `/auth${url}`, payload });
    return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() };
  }
  const password = 'correct horse';
  let names = 0;
  const register = () => call('/customers', { username: `ada-${(names += 1)}`, password, name: 'Ada' });
  await register();
  const login = () => call('/login', { username: 'ada-1', password });
  let { refresh_token } = (await login()).body;

  return {
    changes: {
      register,
      login,
      async refresh() {
        const reply = await call('/refresh', { refresh_token });
        if (reply.status === 200) ({ refresh_token } = reply.body);
        return reply;
      },
    },
    others: { logout: () => call('/logout', { refresh_token: `${'x'.repeat(22)}.${'x'.repeat(43)}` }) },
    async close() {
      await service.close();
      rmSync(folder, { recursive: true });
    },
  };
});
