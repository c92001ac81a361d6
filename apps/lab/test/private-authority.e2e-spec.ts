import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { hasRedisServer, RedisServer, eventually } from '#libs/testing';
import { repositoryRoot } from '../src/repository.js';
import { freePort } from '../src/platform/local/free-port.js';

const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');
const canTry = hasRedisServer && spawnSync('openssl', ['version']).status === 0;

(canTry ? describe : describe.skip)(
  'a Redis behind a private authority (skipped without redis-server or openssl)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tellers-authority-'));
    const file = (name: string) => join(folder, name);
    let server: RedisServer;
    let port: number;

    beforeAll(async () => {
      const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-keyout', file('key.pem')];
      execFileSync('openssl', ['req', '-x509', '-days', '1', ...key, '-out', file('ca.pem'), ...subject], {
        stdio: 'ignore',
      });
      port = await freePort();
      const files = ['--tls-cert-file', file('ca.pem'), '--tls-key-file', file('key.pem'), '--tls-auth-clients', 'no'];
      server = await RedisServer.start('--tls-port', String(port), ...files);
    });
    afterAll(async () => {
      await server?.stop();
      rmSync(folder, { recursive: true });
    });

    it("is trusted by each process of a run, and is left without a key, as the caller's environment says whom to trust", async () => {
      const environment = {
        ...process.env,
        REDIS_URL: `rediss://127.0.0.1:${port}/3`,
        NODE_EXTRA_CA_CERTS: file('ca.pem'),
        // Nobody listens there: whatever is on this machine is not asked of it.
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: 'http://127.0.0.1:9',
      };
      const lab = spawn(process.execPath, [main, 'start', '--port', '0', '--page-port', '0'], { env: environment });
      let out = '';
      for (const stream of [lab.stdout, lab.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
      const ended = once(lab, 'exit');
      const ca = readFileSync(file('ca.pem'));
      const redis = new Redis({ host: '127.0.0.1', port, db: 3, tls: { ca }, lazyConnect: true });
      try {
        await eventually(() => /money: exact/.test(out) || lab.exitCode !== null, 60_000);
        expect(await redis.dbsize()).toBeGreaterThan(0);
        lab.kill('SIGINT');
        expect([await ended, out]).toEqual([[0, null], expect.stringContaining('money: exact')]);
        expect((await redis.keys('*')).filter((key) => !key.endsWith('runs'))).toEqual([]);
      } finally {
        lab.kill('SIGKILL');
        redis.disconnect();
      }
    }, 120_000);
  },
);
