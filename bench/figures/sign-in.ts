import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { formatKeySet, generateSigningKey } from '#libs/identity';
import type { Figure } from '../figure.js';
import { httpRequest } from '../load/job.js';
import type { PairedReading } from '../load/load.js';
import { cpuBasis, paired } from '../paired.js';
import { cpuMicros } from '../processes/cpu.js';
import { type Running, startNode } from '../processes/running.js';
import { startService } from '../processes/service.js';

const credentials = { username: 'ada.lovelace', password: 'correct horse battery' };

export const signIn: Figure = {
  name: 'sign-in',
  title: 'POST /auth/login / bare argon2id of the same cost',
  target: { bound: 'at least', value: 0.9 },
  async open(bench) {
    const keysFile = join(bench.folder, 'keys.json');
    writeFileSync(keysFile, formatKeySet([generateSigningKey(Date.now())]), { mode: 0o600 });
    const ours = await startService(bench, 'auth', { SIGNING_KEYS_FILE: keysFile });
    const peer = await startNode('bench/peers/argon2.js');
    await register(ours);
    const login = httpRequest('POST', '/auth/login', {}, credentials);
    // Twice as many clients as cores: the next password is there when one is done.
    const job = { connections: 2 * availableParallelism(), requests: [login], seconds: bench.seconds };
    return paired({
      basis: cpuBasis,
      bound: 'at least',
      ours: () => bench.load.measure(ours, job),
      peer: () => bare(peer, bench.seconds),
      async close() {
        await Promise.all([ours.stop(), peer.stop()]);
      },
    });
  },
};

async function register({ port }: Running): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${port}/auth/customers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...credentials, name: 'Ada Lovelace' }),
  });
  if (reply.status !== 201) throw new Error(`not registered: ${await reply.text()}`);
}

async function bare({ child, pid }: Running, seconds: number): Promise<PairedReading> {
  const before = cpuMicros(pid);
  child.send(seconds * 1000);
  const [done] = (await once(child, 'message')) as [{ count: number; seconds: number }];
  const after = cpuMicros(pid);
  return {
    perSecond: done.count / done.seconds,
    cpuMicros: before === undefined || after === undefined ? undefined : (after - before) / done.count,
  };
}
