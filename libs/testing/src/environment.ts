import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';

/** Settings for a service under test: free ports, no log, and keys of its own in the Redis that REDIS_URL names. */
export function testVariables(own: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    ADMIN_PORT: '0',
    POD_NAME: 'pod-0',
    LOG_LEVEL: 'silent',
    REDIS_URL: process.env.REDIS_URL,
    REDIS_KEY_PREFIX: `test-${randomBytes(6).toString('hex')}:`,
    DRAIN_QUIET_MS: '50',
    DRAIN_DEADLINE_MS: '2000',
    ...own,
  };
}

/** Removes every key under a prefix. */
export async function forgetKeys(prefix: string): Promise<void> {
  const redis = new Redis(process.env.REDIS_URL ?? '');
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 }) as AsyncIterable<string[]>) {
    if (keys.length > 0) await redis.unlink(...keys);
  }
  redis.disconnect();
}

/** Resolves when `holds` does; rejects after `timeoutMs` milliseconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
