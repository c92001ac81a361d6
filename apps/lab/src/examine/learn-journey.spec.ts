import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleHar, type SampleEntry } from '../../test/sample-har.js';
import { readJourneyFile } from './journey/journey-file.js';
import { type WalkableJourney, walkableJourney } from './journey/walkable-journey.js';
import { learnJourney } from './learn-journey.js';
import { addressTarget } from './target/addresses.js';

/** Orders, and invoices of paid ones, have numbers that go up; none of them is found by its look. */
let orders = 40;
const shop = createServer(({ method, url }, reply) => {
  const isPaid = url === `/orders/${orders}`;
  if (url === '/orders' && method === 'POST') reply.end(JSON.stringify({ id: (orders += 1) }));
  else if (isPaid && method === 'POST') reply.end(JSON.stringify({ invoice: { id: orders + 500 } }));
  else reply.writeHead(404).end('{}');
});

describe('a journey that was recorded once', () => {
  let origin: string;
  beforeAll(async () => {
    await once(shop.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(() => void shop.close());

  function recorded(): WalkableJourney {
    const folder = mkdtempSync(join(tmpdir(), 'journey-'));
    const entries: SampleEntry[] = [
      { request: 'POST /orders', body: '{"id":7}' },
      { request: 'POST /orders/7', body: '{"invoice":{"id":57}}' },
      { request: 'GET /invoices/57', body: '{}' },
    ];
    writeFileSync(join(folder, 'a.har'), sampleHar(entries));
    const read = readJourneyFile(join(folder, 'a.har'));
    rmSync(folder, { recursive: true });
    return walkableJourney(read, []);
  }

  async function learned(allowWrites: boolean): Promise<string[]> {
    const target = addressTarget(origin);
    const settings = { frontDoor: target.frontDoor, allowWrites, ratePerSecond: 1000 };
    const { journey } = await learnJourney(recorded(), target, settings);
    await target.close();
    return journey.requests.map(({ path }) => path);
  }

  it('carries short ids once it has been walked, one that only shows after another, too', async () => {
    expect(await learned(true)).toEqual(['/orders', '/orders/{{id}}', '/invoices/{{invoice_id}}']);
  });

  it('stays as it was recorded where what gives them may not be sent', async () => {
    expect(await learned(false)).toEqual(['/orders', '/orders/7', '/invoices/57']);
  });

  it('is not walked where nothing is left open', async () => {
    const before = orders;
    const { afterWalk: _, ...told } = recorded();
    const target = addressTarget(origin);
    const settings = { frontDoor: target.frontDoor, allowWrites: true };
    expect(await learnJourney(told, target, settings)).toBe(told);
    expect(orders).toBe(before);
  });
});
