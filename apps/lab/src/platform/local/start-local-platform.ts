import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { WorkloadName } from '../../modes.js';
import { bringUp } from './bring-up.js';
import { GatewayProcess } from './gateway-process.js';
import { LocalPlatform } from './local-platform.js';
import { removeKeys } from './redis/commands.js';
import { findRedis } from './redis/find-redis.js';
import { createRunFolder, removeFolder } from './run-folder.js';
import { makeRunSecrets } from './run-secrets.js';
import { type ExtraEnvironment, type OtherEntries, workloadTemplates } from './templates.js';
import { Undo } from './undo.js';

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
  const undo = new Undo();
  try {
    return await start(options, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function start(options: LocalOptions, undo: Undo): Promise<LocalPlatform> {
  const { port, workloads, say = () => {}, environment = {}, entries, graceMs = 30_000 } = options;
  const folder = runFolder(undo);

  const redis = await findRedis({ folder, environment: process.env, say });
  undo.push(() => redis.stop());
  say(`Redis: ${redis.how}`);
  const keyPrefix = `tellers:${randomBytes(4).toString('hex')}:`;
  if (!redis.own) undo.push(() => removeKeys(redis.url, keyPrefix));

  const gateway = await GatewayProcess.start(port, join(folder, 'logs', 'gateway.log'));
  undo.push(() => gateway.close());
  const baseUrl = `http://127.0.0.1:${gateway.port}`;
  say(`Gateway: ${baseUrl}`);

  const run = { redisUrl: redis.url, keyPrefix, baseUrl, ...makeRunSecrets(folder) };
  const templates = workloadTemplates(folder, run, environment, entries);
  const platform = new LocalPlatform({ gateway, redis, templates, graceMs, takeDown: () => undo.run() });
  try {
    await bringUp(platform, workloads, folder, say);
  } catch (error) {
    await platform.close();
    throw error;
  }
  return platform;
}

/** A folder that is removed also when nobody closes the platform: it holds keys. */
function runFolder(undo: Undo): string {
  const folder = createRunFolder();
  const remove = () => removeFolder(folder);
  process.once('exit', remove);
  undo.push(() => process.off('exit', remove));
  undo.push(remove);
  return folder;
}
