import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Turn } from '#libs/identity';
import type { Clients } from '#libs/service';
import type { AuthLimits } from '../limits.js';
import type { KnownAddresses } from './known-addresses.js';
import type { WrongPasswords } from './wrong-passwords.js';

/** One password that may be tried. */
export interface Attempt {
  /** In which it is compared. */
  readonly turn: Turn;
  failed(): Promise<void>;
  succeeded(): Promise<void>;
}

/** Decides which sign-ins are tried. Who signed in from an address before has a quota and turns of their own there. */
export class Attempts {
  constructor(
    private readonly clients: Clients,
    private readonly limits: AuthLimits,
    private readonly knownAddresses: KnownAddresses,
    private readonly wrongPasswords: WrongPasswords,
  ) {}

  /** @throws LimitExceeded `rate-limited` or `too-many-failures`, the latter in its turn, too */
  async begin(username: string, request: FastifyRequest, reply: FastifyReply): Promise<Attempt> {
    const { address, isExempt, turnsAs } = await this.clients.of(request);
    const isKnown = await this.knownAddresses.has(username, address);
    const client = isKnown ? `${username}:${address}` : turnsAs;
    const one = { username, address, isTrusted: isKnown || isExempt };
    const admit = () => this.wrongPasswords.admit(one);
    await this.limits.signIns.take({ address, isExempt }, reply, client);
    await admit();
    return {
      // Others of a burst may have failed while this one waited.
      turn: { client, begin: admit },
      failed: () => this.wrongPasswords.failed(one),
      succeeded: async () => {
        await Promise.all([this.knownAddresses.add(username, address), this.wrongPasswords.succeeded(one)]);
      },
    };
  }
}
