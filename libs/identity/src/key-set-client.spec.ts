import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeySetClient } from './key-set-client.js';
import { generateSigningKey } from './signing-keys.js';

const first = generateSigningKey(0);
const second = generateSigningKey(0);
const log = { info: () => {}, error: () => {} } as unknown as ConstructorParameters<typeof KeySetClient>[0]['log'];

describe('KeySetClient', () => {
  let issuer: Server;
  let answer: { status: number; body: string };
  let fetches: number;
  let changes: number;
  let now: number;
  let client: KeySetClient;
  const publish = (...keys: object[]) => (answer = { status: 200, body: JSON.stringify({ keys }) });

  beforeEach(async () => {
    [fetches, changes, now] = [0, 0, 0];
    issuer = createServer((_request, response) => {
      fetches += 1;
      response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`;
    client = new KeySetClient({ url, log, clock: { now: () => now }, onChange: () => (changes += 1), refreshMs: 20 });
    publish(first.publicJwk);
  });
  afterEach(async () => {
    client.close();
    issuer.closeAllConnections();
    await new Promise((resolve) => issuer.close(resolve));
  });

  it('is ready once the first set is there', async () => {
    expect(client.ready).toBe(false);
    await client.refresh();
    expect(client.ready).toBe(true);
    expect(client.keyFor(first.kid)).toMatchObject({ type: 'public', asymmetricKeyType: 'ec' });
  });

  it('tells a key that it has no set yet from an unknown key', async () => {
    answer = { status: 500, body: '' };
    await expect(client.keyFor(first.kid)).rejects.toMatchObject({ code: 'keys-unavailable' });
  });

  it('keeps the last good set when the issuer fails, answers nonsense or publishes nothing of use', async () => {
    await client.refresh();
    for (const bad of [
      { status: 503, body: '' },
      { status: 200, body: 'nonsense' },
      { status: 200, body: '{"keys":[{"kty":"RSA","kid":"r"}]}' },
    ]) {
      answer = bad;
      await client.refresh();
      expect(client.keyFor(first.kid)).toBeDefined();
    }
    expect(changes).toBe(1);
  });

  it('takes the keys it can use and leaves the others', async () => {
    publish({ kty: 'RSA', kid: 'r' }, first.publicJwk);
    await client.refresh();
    expect(client.keyFor(first.kid)).toBeDefined();
  });

  it.each([
    ['one for something else', { ...second.publicJwk, use: 'enc' }],
    ['one for other operations', { ...second.publicJwk, key_ops: ['sign'] }],
    ['one for no operation', { ...second.publicJwk, key_ops: [] }],
    ['one whose operations are no list', { ...second.publicJwk, key_ops: 'verify' }],
    ['one whose coordinates are no point', { ...second.publicJwk, y: second.publicJwk.x }],
    ['one whose coordinates are too short', { ...second.publicJwk, x: 'AA' }],
    ['none at all', null as never],
  ])('uses the good key beside a bad one, and not that: %s', async (_what, bad) => {
    publish(bad, first.publicJwk);
    await client.refresh();
    expect(client.keyFor(first.kid)).toBeDefined();
    expect(client.keyFor(second.kid)).toBeUndefined();
  });

  it('uses a key that may verify', async () => {
    publish({ ...second.publicJwk, use: undefined, key_ops: ['verify'] });
    await client.refresh();
    expect(client.keyFor(second.kid)).toBeDefined();
  });

  it('asks again for unknown keys, all in one fetch, and not again for a while', async () => {
    await client.refresh();
    publish(first.publicJwk, second.publicJwk);
    expect(client.keyFor(second.kid)).toBeUndefined();
    now += 5000;
    const found = await Promise.all([client.keyFor(second.kid), client.keyFor(second.kid), client.keyFor('forged')]);
    expect(found.map((key) => key !== undefined)).toEqual([true, true, false]);
    expect(client.keyFor('forged')).toBeUndefined();
    expect(fetches).toBe(2);
  });

  it('tells of a change only when there is one', async () => {
    await client.refresh();
    await client.refresh();
    expect(changes).toBe(1);
    publish(second.publicJwk);
    await client.refresh();
    expect(changes).toBe(2);
    now += 5000;
    expect(await client.keyFor(first.kid)).toBeUndefined();
  });

  it('stays fresh by itself until it is closed', async () => {
    client.start();
    publish(second.publicJwk);
    await new Promise<void>((resolve) => issuer.on('request', () => fetches >= 3 && resolve()));
    expect(client.keyFor(second.kid)).toBeDefined();
  });
});
