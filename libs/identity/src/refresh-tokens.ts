import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Subject } from './access-token.js';
import { IdentityError } from './identity-error.js';

/**
 * KEYS: the family. ARGV: hash of the token presented, hash of the next one, time to live in seconds.
 * The first test is for ioredis, which re-sends a command whose answer was lost: nobody else knows the next token's hash.
 */
const rotateScript = `
local family = redis.call('HMGET', KEYS[1], 'current', 'customerId', 'name')
if not family[1] then return nil end
if family[1] ~= ARGV[2] then
  if family[1] ~= ARGV[1] then
    redis.call('DEL', KEYS[1])
    return nil
  end
  redis.call('HSET', KEYS[1], 'current', ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return { family[2], family[3] }`;

const form = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * Opaque refresh tokens (RFC 9700, section 4.14.2). A token is `<family>.<256 random bits>`; Redis holds one hash a family,
 * with the digest of the one token that is good. Any older one of the family was stolen or its successor was: using it ends
 * the family.
 */
export class RefreshTokens {
  /** @param ttlSeconds a family that is not used for so long is forgotten; 30 days unless set */
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly ttlSeconds = 30 * 24 * 3600,
  ) {}

  /** Begins a family, at sign-in, and returns its first token. */
  async issue({ customerId, name }: Subject): Promise<string> {
    const family = randomBytes(16).toString('base64url');
    const secret = newSecret();
    const key = this.#key(family);
    const results = await this.redis
      .multi()
      .hset(key, { current: digest(secret), customerId, name })
      .expire(key, this.ttlSeconds)
      .exec();
    for (const [error] of results ?? []) if (error) throw error;
    return `${family}.${secret}`;
  }

  /**
   * Trades a token for its successor.
   * @throws IdentityError `refresh-token-invalid` if it is unknown, expired, signed out or was used before
   */
  async rotate(token: string): Promise<{ token: string; subject: Subject }> {
    const [, family, secret] = form.exec(token) ?? [];
    if (!family || !secret) throw new IdentityError('refresh-token-invalid');
    const next = newSecret();
    const reply = await this.redis.eval(
      rotateScript,
      1,
      this.#key(family),
      digest(secret),
      digest(next),
      this.ttlSeconds,
    );
    if (!reply) throw new IdentityError('refresh-token-invalid');
    const [customerId, name] = reply as [string, string];
    return { token: `${family}.${next}`, subject: { customerId, name } };
  }

  /** Ends the family of a token, at sign-out; of an unknown token there is nothing to end (RFC 7009, section 2.2). */
  async revoke(token: string): Promise<void> {
    const family = form.exec(token)?.[1];
    if (family) await this.redis.del(this.#key(family));
  }

  #key(family: string): string {
    return `${this.prefix}refresh:${family}`;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A plain digest is enough: 256 random bits can't be guessed from it. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
