import { setTimeout as wait } from 'node:timers/promises';
import { retrying } from '../http/retry.js';
import { Connection } from '../http/connection.js';
import { CookieJar } from '../http/cookie-jar.js';
import type { BankCustomer } from '../bank/customer.js';
import type { PreparedRequest } from '../http/recorded-request.js';
import { bearerOf } from '../bank/auth-client.js';
import { modes, type Mode } from '../bank/modes.js';
import type { LocalPlatform } from '../platform/local/local-platform.js';
import { Violation } from './fault.js';

/** A stopping pod has its deadline, and another must start; a process that hangs has no end. */
const recoveredWithinMs = 20_000;

/**
 * How long it took until all pods were ready and each mode read or wrote what it keeps.
 * @throws Violation past the bound
 */
export async function recovery(platform: LocalPlatform, customer: BankCustomer): Promise<number> {
  const startedAt = performance.now();
  let troubles: string[] = [];
  while (performance.now() - startedAt < recoveredWithinMs) {
    troubles = (
      await Promise.all(Object.values(modes).map((mode) => troubleOf(mode, platform.baseUrl, customer)))
    ).filter((one) => one !== '');
    const pods = (await platform.pods()).filter(({ phase }) => phase !== 'ready');
    troubles.push(...pods.map(({ name, phase }) => `${name} is ${phase}`));
    if (troubles.length === 0) return performance.now() - startedAt;
    await wait(50);
  }
  throw new Violation(`The bank is not well again after ${recoveredWithinMs / 1_000} s: ${troubles.join('; ')}.`);
}

/** Empty when the mode answers as it should. */
async function troubleOf({ name, style, path }: Mode, baseUrl: string, customer: BankCustomer): Promise<string> {
  await using connection = new Connection(baseUrl, recoveredWithinMs);
  connection.cookies = new CookieJar();
  try {
    const bearer = await bearerOf(customer, retrying(connection));
    const requests: PreparedRequest[] =
      style === 'stateless'
        ? [{ operation: 'look', method: 'GET', path: '/account/accounts', bearer }]
        : [
            { operation: 'open', method: 'POST', path, bearer },
            { operation: 'close', method: 'DELETE', path },
          ];
    for (const request of requests) {
      const { outcome, status } = await connection.send(request);
      // A session in memory that the next request may miss is that mode's nature.
      const misrouted =
        outcome.kind === 'session-lost' && modes[name].affinity === 'none' && request.operation === 'close';
      if (outcome.kind !== 'ok' && !misrouted) return `${name}: ${request.operation} gave ${status ?? outcome.kind}`;
    }
    return '';
  } catch (error) {
    return `${name}: ${(error as Error).message}`;
  }
}
