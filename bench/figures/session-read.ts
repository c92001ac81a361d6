import { startIssuer } from '#libs/testing';
import type { Figure } from '../figure.js';
import { httpRequest } from '../load/job.js';
import { cpuBasis, paired } from '../paired.js';
import { startNode } from '../processes/running.js';
import { startService } from '../processes/service.js';

export const sessionRead: Figure = {
  name: 'session-read',
  title: 'GET /session (memory) / raw node:http with a Map, same headers',
  target: { bound: 'at least', value: 0.72 },
  async open(bench) {
    const issuer = await startIssuer();
    const ours = await startService(bench, 'session', { JWKS_URL: issuer.jwksUrl, STORE: 'memory' });
    const peer = await startNode('bench/peers/session.js');
    const signIn = await fetch(`http://127.0.0.1:${ours.port}/session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${issuer.token('customer-1', 'Ada')}` },
    });
    if (signIn.status !== 201) throw new Error(`no session: ${await signIn.text()}`);
    const cookie = signIn.headers.getSetCookie()[0]!.split(';')[0]!;
    const job = { connections: 32, requests: [httpRequest('GET', '/session', { cookie })], seconds: bench.seconds };
    return paired({
      basis: cpuBasis,
      bound: 'at least',
      ours: () => bench.load.measure(ours, job),
      peer: () => bench.load.measure(peer, job),
      async close() {
        await Promise.all([ours.stop(), peer.stop()]);
        issuer.close();
      },
    });
  },
};
