import { Ledger, type Account } from '#libs/bank';
import { createService, readEnvironment } from '#libs/service';
import { describeStoreFaults, eventually, startIssuer, testVariables, type StoreClient } from '#libs/testing';
import { accountService } from '../src/account-service.js';
import { accountEnvironment } from '../src/environment.js';

describeStoreFaults('the account service', async (REDIS_URL): Promise<StoreClient> => {
  const issuer = await startIssuer();
  const own = {
    REDIS_URL,
    REDIS_KEY_PREFIX: 'tellers:',
    JWKS_URL: issuer.jwksUrl,
    CONTINUATION_SECRET: 'c'.repeat(32),
  };
  const service = await createService(accountService(readEnvironment(accountEnvironment, testVariables(own))));
  await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);
  const ledger = service.app.get(Ledger, { strict: false });
  const [from, to] = (await ledger.openAccounts('ada', 'EUR', { current: 1_000, savings: 0 })) as [Account, Account];
  const authorization = `Bearer ${issuer.token('ada')}`;
  let keys = 0;

  async function call(method: 'GET' | 'POST', path: string, payload?: object) {
    const headers = { authorization, 'idempotency-key': `key-${(keys += 1)}` };
    const url = `/account${path}`;
    const reply = await service.app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
  }
  const amount = { amountMinor: 1, currency: 'EUR' };

  return {
    changes: { transfer: () => call('POST', '/transfers', { from: from.id, to: to.id, ...amount }) },
    others: {
      accounts: () => call('GET', '/accounts'),
      account: () => call('GET', `/accounts/${from.id}`),
      entries: () => call('GET', `/accounts/${from.id}/entries`),
      step: () => call('POST', '/transfers/steps', { step: 'payee', from: from.id, to: to.id }),
    },
    async close() {
      await service.close();
      issuer.close();
    },
  };
});
