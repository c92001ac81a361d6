import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createService, readEnvironment, serviceEnvironment, systemClock, type Service } from '#libs/service';
import { AccessTokens } from './access-token.js';
import { BearerGuard, Caller } from './bearer.guard.js';
import { IdentityVerifierModule } from './identity-verifier.module.js';
import { identityProblems } from './identity.problems.js';
import { generateSigningKey } from './signing-keys.js';
import type { Identity } from './token-rules.js';

const parties = { issuer: 'urn:tellers:auth', audience: 'urn:tellers:bank' };
const key = generateSigningKey(Date.now());
const schedule = { leadSeconds: 300, tokenLifetimeSeconds: 300 };
const issuer = new AccessTokens(new JwtService(), { keys: [key] }, parties, schedule, systemClock);

@Controller('me')
@UseGuards(BearerGuard)
class MeController {
  @Get()
  me(@Caller() caller: Identity): Identity {
    return caller;
  }
}

describe('BearerGuard', () => {
  let keyServer: Server;
  let service: Service;
  let ports: { port: number; adminPort: number };
  let publish = false;

  beforeAll(async () => {
    keyServer = createServer((_request, response) => {
      response.writeHead(publish ? 200 : 503).end(JSON.stringify({ keys: [key.publicJwk] }));
    });
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    const jwksUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/`;
    const verifier = IdentityVerifierModule.forRoot({ jwksUrl, ...parties });
    @Module({ imports: [verifier], controllers: [MeController] })
    class MeModule {}
    const variables = {
      PORT: '0',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'silent',
      REDIS_URL: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379',
      REDIS_KEY_PREFIX: `test-${randomUUID()}:`,
    };
    service = await createService({
      name: 'me',
      prefix: '/me-service',
      module: MeModule,
      environment: readEnvironment(serviceEnvironment, variables),
      problems: identityProblems,
      openApi: {},
    });
    ports = await service.listen();
  });
  afterAll(async () => {
    await service.close();
    keyServer.closeAllConnections();
    keyServer.close();
  });

  it('is behind a service that is not ready, and answers 503, until there are keys', async () => {
    const token = `Bearer ${issuer.issue({ customerId: 'c1', name: 'Ada' }).token}`;
    expect((await fetch(`http://127.0.0.1:${ports.adminPort}/readyz`)).status).toBe(503);
    expect((await get([token])).status).toBe(503);
    publish = true;
    const deadline = Date.now() + 5000;
    let ready = 503;
    while (ready === 503 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ready = (await fetch(`http://127.0.0.1:${ports.adminPort}/readyz`)).status;
    }
    expect(ready).toBe(200);
    expect(await get([token])).toMatchObject({ status: 200, body: { customerId: 'c1', name: 'Ada' } });
  });

  it('asks for a token where there is none, and tells no fault', async () => {
    const reply = await get([]);
    expect(reply).toMatchObject({ status: 401, challenge: 'Bearer' });
    expect(reply.body).toMatchObject({ type: 'urn:tellers:problem:token-missing', status: 401 });
  });

  it.each<[string, () => string[]]>([
    ['that is nonsense', () => ['Bearer nonsense']],
    [
      'that comes in two headers',
      () => Array<string>(2).fill(`Bearer ${issuer.issue({ customerId: 'c1', name: 'A' }).token}`),
    ],
  ])('refuses a token %s, with the challenge of RFC 6750', async (_what, authorization) => {
    const reply = await get(authorization());
    expect(reply).toMatchObject({ status: 401, challenge: 'Bearer error="invalid_token"' });
    expect(reply.body).toMatchObject({ type: 'urn:tellers:problem:token-invalid', status: 401 });
  });

  /** Sends each value as a header of its own. */
  async function get(authorization: string[]) {
    const headers = authorization.length > 0 ? { authorization } : {};
    const url = `http://127.0.0.1:${ports.port}/me-service/me`;
    const sent = request(url, { headers: headers as never, agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const body: unknown = JSON.parse(Buffer.concat(await response.toArray()).toString());
    return { status: response.statusCode, challenge: response.headers['www-authenticate'], body };
  }
});
