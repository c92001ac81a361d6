import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../src/load/random.js';
import { Gateway } from '../src/platform/local/gateway/gateway.js';
import { converse } from './front-doors/client.js';
import { drawHttpExchange, type HttpExchange } from './front-doors/exchange.js';
import { findHaproxy, startHaproxy } from './front-doors/haproxy.js';
import { startUpstream } from './front-doors/upstream.js';

const seed = Number(process.env['FRONT_DOORS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const recordings = Number(process.env['FRONT_DOORS_EXCHANGES'] ?? 1_000);
const atOnce = 8;
const haproxy = await findHaproxy();
if (haproxy === undefined) process.stderr.write('Skipped beside haproxy: there is none on the PATH.\n');

(haproxy === undefined ? it.skip : it)(
  `answers a thousand random exchanges as haproxy does, none of which hangs (FRONT_DOORS_SEED=${seed})`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tellers-haproxy-'));
    const upstream = await startUpstream();
    const { port: upstreamPort } = upstream.address() as AddressInfo;
    const gateway = new Gateway();
    gateway.route([
      { path: '/account', upstreams: [{ name: 'account-0', bootId: 'b', port: upstreamPort, accepting: true }] },
    ]);
    const port = await gateway.listen(0);
    const peer = await startHaproxy(haproxy!, folder, upstreamPort);
    const random = seeded(seed);
    const drawn = Array.from({ length: recordings }, () => drawHttpExchange(random));
    const differing: { recorded: HttpExchange; ours: string; haproxys: string }[] = [];
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let recorded = drawn.pop(); recorded !== undefined; recorded = drawn.pop()) {
          const [ours, haproxys] = [await converse(port, recorded), await converse(peer.port, recorded)];
          // Of an upstream that dies while a body comes in, haproxy may say nothing.
          const same = ours === haproxys || ours === haproxys.replace(/^nothing/, '502');
          if (!same || ours.includes('HUNG')) differing.push({ recorded, ours, haproxys });
        }
      }),
    );
    await Promise.all([gateway.close(0), peer.stop()]);
    upstream.close().closeAllConnections();
    rmSync(folder, { recursive: true });
    expect(differing).toEqual([]);
  },
  120_000,
);
