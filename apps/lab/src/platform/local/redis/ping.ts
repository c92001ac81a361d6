import { Redis } from 'ioredis';
import { setTimeout as wait } from 'node:timers/promises';

/** Asks once whether a Redis answers. Rejects with the reason, within `timeoutMs`. */
export async function ping(url: string, timeoutMs = 3_000): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    // Else its timer would keep a program alive that has nothing left to do.
    disconnectTimeout: 100,
  });
  let reason: Error | undefined;
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

/** Asks until a Redis answers; `gone` tells that it never will. Rejects with the last reason. */
export async function pingUntilAnswered(url: string, timeoutMs: number, gone: () => string | undefined): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const reason = await ping(url, 500).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (reason === undefined) return;
    const end = gone();
    if (end !== undefined) throw new Error(end);
    if (Date.now() > deadline) throw reason;
    await wait(25);
  }
}
