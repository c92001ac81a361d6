import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { RefreshTokens } from './refresh-tokens.js';

const prefix = `test-${randomUUID()}:`;
const subject = { customerId: 'c1', name: 'Ada' };
const refused = { code: 'refresh-token-invalid' };
let redis: Redis;
let tokens: RefreshTokens;

beforeAll(() => {
  redis = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379');
  tokens = new RefreshTokens(redis, prefix, 60);
});
afterAll(async () => {
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.unlink(keys);
  await redis.quit();
});

describe('RefreshTokens', () => {
  it('trades a token for its successor, and tells whose it is', async () => {
    const first = await tokens.issue(subject);
    const second = await tokens.rotate(first);
    expect(second.subject).toEqual(subject);
    expect(second.token).not.toBe(first);
    expect((await tokens.rotate(second.token)).subject).toEqual(subject);
  });

  it('revokes the whole family when a token is used twice, and no other', async () => {
    const other = await tokens.issue(subject);
    const first = await tokens.issue(subject);
    const second = await tokens.rotate(first);
    await expect(tokens.rotate(first)).rejects.toMatchObject(refused);
    await expect(tokens.rotate(second.token)).rejects.toMatchObject(refused);
    expect((await tokens.rotate(other)).subject).toEqual(subject);
  });

  it('lets one of two concurrent uses win, and then revokes the family', async () => {
    const first = await tokens.issue(subject);
    const uses = await Promise.allSettled(Array.from({ length: 8 }, () => tokens.rotate(first)));
    const won = uses.flatMap((use) => (use.status === 'fulfilled' ? [use.value] : []));
    expect(won).toHaveLength(1);
    await expect(tokens.rotate(won[0]?.token ?? '')).rejects.toMatchObject(refused);
  });

  it('takes a command that was sent again for the same use', async () => {
    const resending = new RefreshTokens(sendingTwice(redis), prefix, 60);
    const second = await resending.rotate(await tokens.issue(subject));
    expect((await tokens.rotate(second.token)).subject).toEqual(subject);
  });

  it('ends the family at sign-out, with any of its tokens', async () => {
    const first = await tokens.issue(subject);
    const second = await tokens.rotate(first);
    await tokens.revoke(first);
    await expect(tokens.rotate(second.token)).rejects.toMatchObject(refused);
  });

  it.each(['', 'nonsense', `${'A'.repeat(22)}.${'A'.repeat(43)}`, `${'A'.repeat(22)}*.${'A'.repeat(43)}`])(
    'refuses %j and signs it out without complaint',
    async (token) => {
      await tokens.revoke(token);
      await expect(tokens.rotate(token)).rejects.toMatchObject(refused);
    },
  );

  it('keeps no token in Redis, and forgets what is not used', async () => {
    const token = await tokens.issue(subject);
    const [family, secret] = token.split('.');
    const key = `${prefix}refresh:${family}`;
    expect(Object.values(await redis.hgetall(key))).not.toContain(secret);
    await redis.expire(key, 10);
    await tokens.rotate(token);
    expect(await redis.ttl(key)).toBeGreaterThan(50);
  });
});

/** A connection that sends each script twice, as ioredis does when the first answer is lost with its connection. */
function sendingTwice(target: Redis): Redis {
  return new Proxy(target, {
    get: (connection, name) =>
      name === 'eval'
        ? async (...args: Parameters<Redis['eval']>) => {
            await connection.eval(...args);
            return connection.eval(...args);
          }
        : Reflect.get(connection, name),
  });
}
