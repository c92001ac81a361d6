import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JwtService } from '@nestjs/jwt';
import { AccessTokens, generateSigningKey } from '#libs/identity';
import { systemClock } from '#libs/service';

const parties = { issuer: 'urn:tellers:auth', audience: 'urn:tellers:bank' };

export interface TestIssuer {
  readonly jwksUrl: string;
  /** A token that services take for the auth service's own. */
  token(customerId: string, name?: string): string;
  close(): void;
}

/** Issues access tokens and publishes their key on loopback, as the auth service does, without its customers. */
export async function startIssuer(): Promise<TestIssuer> {
  const key = generateSigningKey(Date.now());
  const schedule = { leadSeconds: 0, tokenLifetimeSeconds: 300 };
  const tokens = new AccessTokens(new JwtService(), { keys: [key] }, parties, schedule, systemClock);
  const server = createServer((_request, reply) => {
    reply.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key.publicJwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    token: (customerId, name = customerId) => tokens.issue({ customerId, name }).token,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
