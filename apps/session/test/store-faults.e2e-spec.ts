import { Ledger, type Account } from '#libs/bank';
import { createService, readEnvironment } from '#libs/service';
import { describeStoreFaults, eventually, startIssuer, testVariables, type StoreClient } from '#libs/testing';
import { prefixOf, sessionEnvironment } from '../src/environment.js';
import { sessionService } from '../src/session-service.js';

async function start(MODE: string, own: Record<string, string>): Promise<StoreClient & { stop(): Promise<void> }> {
  const issuer = await startIssuer();
  const variables = testVariables({ MODE, REDIS_KEY_PREFIX: 'tellers:', JWKS_URL: issuer.jwksUrl, ...own });
  const service = await createService(sessionService(readEnvironment(sessionEnvironment, variables)));
  await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);
  const ledger = service.app.get(Ledger, { strict: false });
  const [, { id: to }] = (await ledger.openAccounts('ada', 'EUR', { current: 1_000, savings: 0 })) as [
    Account,
    Account,
  ];
  const authorization = `Bearer ${issuer.token('ada')}`;

  async function call(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, headers: object = { cookie }) {
    const url = `${prefixOf(MODE)}${path}`;
    const reply = await service.app.inject({ method, url, headers: { ...headers }, ...(payload && { payload }) });
    return { status: reply.statusCode, headers: reply.headers };
  }
  let cookie = '';
  const signIn = () => call('POST', '', undefined, { authorization });
  [cookie = ''] = String((await signIn()).headers['set-cookie']).split(';');
  const confirm = () => call('POST', '/transfer/confirm');

  return {
    changes: {
      async transfer() {
        // What a confirmation before this one did may still have to be told.
        const settled = await confirm();
        if (settled.status >= 500) return settled;
        const begun = await call('POST', '/transfer');
        if (begun.status >= 500) return begun;
        await call('PUT', '/transfer/payee', { to });
        await call('PUT', '/transfer/amount', { amountMinor: 1, currency: 'EUR' });
        return confirm();
      },
    },
    others: { session: () => call('GET', ''), overview: () => call('GET', '/overview') },
    stop: () => service.drain.begin(),
    async close() {
      await service.close();
      issuer.close();
    },
  };
}

const modes = {
  sticky: { STORE: 'memory', AFFINITY: 'cookie' },
  handoff: { STORE: 'handoff', AFFINITY: 'cookie' },
  shared: { STORE: 'redis', AFFINITY: 'none' },
};

for (const [mode, own] of Object.entries(modes)) {
  describeStoreFaults(`the session service in mode ${mode}`, (REDIS_URL) => start(mode, { ...own, REDIS_URL }));
}

describeStoreFaults('a stopping pod of handoff', async (REDIS_URL) => {
  const client = await start('handoff', { ...modes.handoff, REDIS_URL });
  await client.stop();
  return client;
});
