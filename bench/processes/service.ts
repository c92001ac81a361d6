import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from '../figure.js';
import { type Running, startNode } from './running.js';
import { freePort } from '../../apps/lab/src/platform/local/free-port.js';

/** A service, and where it tells of itself. */
export interface RunningService extends Running {
  readonly adminPort: number;
}

/** Starts a built service on this run's Redis and waits until it is ready. */
export async function startService(
  bench: Bench,
  app: 'auth' | 'account' | 'session',
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<RunningService> {
  const adminPort = await freePort();
  const service = await startNode(
    `apps/${app}/service.js`,
    {
      PORT: '0',
      ADMIN_PORT: String(adminPort),
      POD_NAME: `${app}-0`,
      LOG_LEVEL: 'info',
      ACCESS_LOG: 'false',
      REDIS_URL: bench.redisUrl,
      REDIS_KEY_PREFIX: bench.prefix,
      // One client is the whole load.
      SIGN_INS_PER_MINUTE: '0',
      SESSIONS_PER_MINUTE: '0',
      SESSIONS_PER_MINUTE_OF_ADDRESS: '0',
      ...environment,
    },
    nodeOptions,
  );
  while (!(await isReady(adminPort))) await wait(20);
  return { ...service, adminPort };
}

async function isReady(adminPort: number): Promise<boolean> {
  const reply = await fetch(`http://127.0.0.1:${adminPort}/readyz`);
  await reply.arrayBuffer();
  return reply.ok;
}
