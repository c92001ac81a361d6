import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateKeyPairSync } from 'node:crypto';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { faultMs, openBank, steadyModes, upgradeMs } from './bank.js';
import { bankUrl, kubectl, place, report } from './place.js';
import { underLoad, unharmed } from './under-load.js';

describe('a new signing key', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank(steadyModes)), upgradeMs);
  afterAll(() => platform?.close());

  /** The key that signs at this moment, as a token's header names it. */
  async function signingKey(): Promise<string> {
    const credentials = { username: `ada-${Date.now()}-${Math.random()}`, password: 'correct horse battery staple' };
    const send = (path: string, body: object): Promise<Response> =>
      fetch(`${bankUrl}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await send('customers', { ...credentials, name: 'Ada' });
    const { access_token } = (await (await send('login', credentials)).json()) as { access_token: string };
    const header = Buffer.from(access_token.split('.')[0]!, 'base64url').toString();
    return (JSON.parse(header) as { kid: string }).kid;
  }

  it(
    'takes over under load and no token is refused, neither the old ones nor the new',
    async () => {
      const old = await signingKey();
      const met = await underLoad(platform, 'stateless', async () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
        const pem = privateKey.export({ type: 'sec1', format: 'pem' });
        const addedAt = Date.now();
        const patch = { data: { [`${Math.floor(addedAt / 1_000)}.pem`]: Buffer.from(pem).toString('base64') } };
        await kubectl(['patch', 'secret', `${place.release}-signing-keys`, '--patch', JSON.stringify(patch)]);
        // A kubelet looks at a Secret again when its pod changes; on a busy machine it might be late by itself.
        await kubectl(['annotate', 'pods', '--all', '--overwrite', `tellers.test/key-added-at=${addedAt}`]);
        const until = addedAt + faultMs - 60_000;
        while ((await signingKey()) === old && Date.now() < until) await sleep(2_000);
        report(`the new key signs ${Math.round((Date.now() - addedAt) / 1_000)} s after it was added`);
        // Tokens of either key are in use for a while, each verified by pods that may not have met its key yet.
        await sleep(20_000);
      });
      expect(await signingKey()).not.toBe(old);
      // A busy machine may be slow to answer; that is not what a key decides.
      const { failed: _, ...noneRefused } = unharmed;
      expect(met).toMatchObject(noneRefused);
    },
    faultMs,
  );
});
