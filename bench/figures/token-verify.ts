import { createPublicKey, type JsonWebKey, randomUUID, verify } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Bearer, IdentityVerifierModule, KeySetClient } from '#libs/identity';
import { createService, readEnvironment, serviceEnvironment } from '#libs/service';
import { startIssuer } from '#libs/testing';
import type { Bench, Figure } from '../figure.js';

const tokensAtOnce = 100;
const slices = 20;

export const tokenVerify: Figure = {
  name: 'token-verify',
  title: 'first sight of a token: verify / bare crypto.verify',
  target: { bound: 'at least', value: 0.75 },
  async open(bench) {
    const issuer = await startIssuer();
    const service = await verifier(bench, issuer.jwksUrl);
    const bearer = service.app.get(Bearer, { strict: false });
    const { keys } = (await (await fetch(issuer.jwksUrl)).json()) as { keys: JsonWebKey[] };
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
    const tokens = () => Array.from({ length: tokensAtOnce }, () => issuer.token(randomUUID(), 'Ada'));

    const ours = async (issued: readonly string[]) => {
      const requests = issued.map((token) => ({ headers: { authorization: `Bearer ${token}` } }));
      return cpuTime(async () => {
        for (const request of requests) await bearer.authenticate(request);
      });
    };
    const peer = async (issued: readonly string[]) => {
      const signed = issued.map((token) => {
        const at = token.lastIndexOf('.');
        return [Buffer.from(token.slice(0, at)), Buffer.from(token.slice(at + 1), 'base64url')] as const;
      });
      return cpuTime(async () => {
        for (const [input, signature] of signed) {
          if (!verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature)) throw new Error('not verified');
        }
      });
    };
    return {
      basis: 'CPU time per token',
      async round() {
        const used = { ours: 0, peer: 0 };
        // Slices of a few milliseconds by turns: what else the machine does then hits both alike.
        for (let slice = 0; slice < slices; slice += 1) {
          const issued = tokens();
          used.ours += await ours(issued);
          used.peer += await peer(issued);
        }
        return {
          ratio: used.peer / used.ours,
          notes: { 'ours µs': perToken(used.ours), 'peer µs': perToken(used.peer) },
        };
      },
      async close() {
        await service.close();
        issuer.close();
      },
    };
  },
};

const perToken = (micros: number): number => Math.round((micros * 10) / (tokensAtOnce * slices)) / 10;

/** CPU time of this process for some work, in microseconds. */
async function cpuTime(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** What a service verifies tokens with, in this process. */
async function verifier({ redisUrl }: Bench, jwksUrl: string) {
  const service = await createService({
    name: 'bench',
    prefix: '/bench',
    module: IdentityVerifierModule.forRoot({ jwksUrl, issuer: 'urn:tellers:auth', audience: 'urn:tellers:bank' }),
    environment: readEnvironment(serviceEnvironment, {
      REDIS_URL: redisUrl,
      PORT: '0',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'silent',
      DRAIN_QUIET_MS: '0',
    }),
    problems: {},
    openApi: {},
  });
  await service.listen();
  const keys = service.app.get(KeySetClient, { strict: false });
  while (!keys.ready) await wait(20);
  return service;
}
