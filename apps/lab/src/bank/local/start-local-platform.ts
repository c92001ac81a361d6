import { join } from 'node:path';
import { comeWithPass, passPath, readPass } from '../limits-pass.js';
import type { WorkloadName } from '../modes.js';
import { bringUp } from './bring-up.js';
import { Disposables } from '../../disposables.js';
import { GatewayProcess } from '../../platform/local/gateway-process.js';
import { LocalPlatform } from '../../platform/local/local-platform.js';
import { findRedis } from '../../platform/local/redis/find-redis.js';
import { LocalRun } from '../../platform/local/run/run.js';
import { makeRunSecrets } from './run-secrets.js';
import { type ExtraEnvironment, type OtherEntries, workloadTemplates } from './templates.js';
import { routesTo } from './routing.js';

export interface LocalOptions {
  /** The gateway's; 0 takes any free one. */
  readonly port: number;
  /** How many pods of each workload; the others have none until they are scaled. */
  readonly workloads: Partial<Record<WorkloadName, number>>;
  /** Is told in sentences what is done. */
  readonly say?: (sentence: string) => void;
  readonly environment?: ExtraEnvironment;
  readonly entries?: OtherEntries;
  /** How long a pod may take to stop before it is killed: Kubernetes' default of 30 s unless told otherwise. */
  readonly graceMs?: number;
}

/**
 * Brings up the bank on this machine and resolves when every pod is ready.
 * @throws RedisNotFound, PortTaken, or an error with the last lines of the pod that does not start; nothing is left then
 */
export async function startLocalPlatform(options: LocalOptions): Promise<LocalPlatform> {
  const disposables = new Disposables();
  try {
    return await start(options, disposables);
  } catch (error) {
    await disposables.run();
    throw error;
  }
}

async function start(options: LocalOptions, disposables: Disposables): Promise<LocalPlatform> {
  const { port, workloads, say = () => {}, environment = {}, entries, graceMs = 30_000 } = options;
  const run = new LocalRun();
  disposables.push(() => run.end());
  const { folder } = run;

  const redis = await findRedis({ folder, environment: process.env, say });
  disposables.push(() => redis.stop());
  say(`Redis: ${redis.how}`);
  const keyPrefix = run.claimKeys(redis);

  const gateway = await GatewayProcess.start(port, join(folder, 'logs', 'gateway.log'), say);
  disposables.push(() => gateway.close());
  const baseUrl = `http://127.0.0.1:${gateway.port}`;
  say(`Gateway: ${baseUrl}`);

  const settings = { redisUrl: redis.url, keyPrefix, baseUrl, ...makeRunSecrets(folder) };
  const templates = workloadTemplates(folder, settings, environment, entries);
  const platform = new LocalPlatform({
    gateway,
    redis,
    templates,
    routesTo,
    graceMs,
    takeDown: () => disposables.run(),
  });
  try {
    await bringUp(platform, workloads, folder, say);
    const hasAuth = (await platform.pods('auth')).some(({ phase }) => phase === 'ready');
    comeWithPass(hasAuth ? readPass(await platform.ask('auth', passPath, 5_000)) : undefined);
  } catch (error) {
    await platform.close();
    throw error;
  }
  return platform;
}
