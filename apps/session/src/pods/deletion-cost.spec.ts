import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { deletionCost, DeletionCost } from './deletion-cost.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'tellers-'));
const asked: { path: string; token: string; cost: string }[] = [];
let [held, status, logged] = [0, 200, 0];
let server: Server;
let api = '';

(hasOpenssl ? describe : describe.skip)('the deletion cost of a pod', () => {
  beforeAll(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'ca.crt')];
    const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1'.split(' ');
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    spawnSync('openssl', [...request, ...names, '-keyout', key, '-out', cert]);
    writeFileSync(join(folder, 'token'), 'mine\n');
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (message, reply) => {
      void noted(message).then(() => reply.writeHead(status).end());
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    api = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked.length = 0;
    [held, status, logged] = [0, 200, 0];
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function noted(message: IncomingMessage): Promise<void> {
    let text = '';
    for await (const chunk of message) text += String(chunk);
    const { metadata } = JSON.parse(text) as { metadata: { annotations: Record<string, string> } };
    const { url = '', method = '', headers } = message;
    expect({ method, type: headers['content-type'] }).toEqual({
      method: 'PATCH',
      type: 'application/merge-patch+json',
    });
    asked.push({ path: url, token: headers.authorization ?? '', cost: metadata.annotations[deletionCost]! });
  }

  const costOf = (): DeletionCost => {
    const log = pino({ hooks: { logMethod: () => void (logged += 1) } });
    return new DeletionCost(() => held, { name: 'teller-x', namespace: 'bank', api, credentials: folder }, log);
  };

  it('is told to the API as an annotation of that pod alone, by the token that the kubelet keeps fresh', async () => {
    const cost = costOf();
    await cost.look();
    writeFileSync(join(folder, 'token'), 'renewed');
    held = 12;
    await cost.look();
    const path = '/api/v1/namespaces/bank/pods/teller-x';
    expect(asked).toEqual([
      { path, token: 'Bearer mine', cost: '0' },
      { path, token: 'Bearer renewed', cost: '12' },
    ]);
  });

  it('is told again only where it changed by so much that the order of pods may be another', async () => {
    const cost = costOf();
    for (held of [100, 105, 91, 112, 112]) await cost.look();
    expect(asked.map((one) => one.cost)).toEqual(['100', '112']);
  });

  it('is tried again where the API refuses it, which is logged once', async () => {
    const cost = costOf();
    status = 403;
    await cost.look();
    await cost.look();
    expect([asked.length, logged]).toEqual([2, 1]);
    status = 200;
    await cost.look();
    await cost.look();
    expect([asked.length, logged]).toEqual([3, 1]);
  });
});
