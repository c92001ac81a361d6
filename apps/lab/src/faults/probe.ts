import { setTimeout as wait } from 'node:timers/promises';
import { askingBy } from '../customers/asking.js';
import { Connection } from '../customers/connection.js';
import { CookieJar } from '../customers/cookie-jar.js';
import type { Customer } from '../customers/customer.js';
import type { Ask } from '../customers/exchange.js';
import { bearerOf } from '../customers/sign-in.js';
import { modes, type Mode } from '../modes.js';
import type { LocalPlatform } from '../platform/local/local-platform.js';
import { Violation } from './fault.js';

/** A stopping pod has its deadline, and another must start; a process that hangs has no end. */
const recoveredWithinMs = 20_000;

/** Finds out whether every mode serves again. */
export class Probe {
  constructor(
    private readonly platform: LocalPlatform,
    private readonly customer: Customer,
  ) {}

  /** How long it took until all pods were ready and each mode read or wrote what it keeps. @throws Violation past the bound */
  async recovery(): Promise<number> {
    const startedAt = performance.now();
    let troubles: string[] = [];
    while (performance.now() - startedAt < recoveredWithinMs) {
      troubles = (await Promise.all(Object.values(modes).map((mode) => this.#trouble(mode)))).filter(
        (one) => one !== '',
      );
      const pods = (await this.platform.pods()).filter(({ phase }) => phase !== 'ready');
      troubles.push(...pods.map(({ name, phase }) => `${name} is ${phase}`));
      if (troubles.length === 0) return performance.now() - startedAt;
      await wait(50);
    }
    throw new Violation(`The bank is not well again after ${recoveredWithinMs / 1_000} s: ${troubles.join('; ')}.`);
  }

  /** Empty when the mode answers as it should. */
  async #trouble({ name, style, path }: Mode): Promise<string> {
    const connection = new Connection(this.platform.baseUrl, recoveredWithinMs);
    connection.cookies = new CookieJar();
    try {
      const bearer = await bearerOf(this.customer, askingBy(connection));
      const asks: Ask[] =
        style === 'stateless'
          ? [{ operation: 'look', method: 'GET', path: '/account/accounts', bearer }]
          : [
              { operation: 'open', method: 'POST', path, bearer },
              { operation: 'close', method: 'DELETE', path },
            ];
      for (const ask of asks) {
        const { outcome, status } = await connection.send(ask);
        // A session in memory that the next request may miss is that mode's nature.
        const misrouted =
          outcome.kind === 'session-lost' && modes[name].affinity === 'none' && ask.operation === 'close';
        if (outcome.kind !== 'ok' && !misrouted) return `${name}: ${ask.operation} gave ${status ?? outcome.kind}`;
      }
      return '';
    } catch (error) {
      return `${name}: ${(error as Error).message}`;
    } finally {
      await connection.close();
    }
  }
}
