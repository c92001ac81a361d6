import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { modes, type WorkloadName } from '../../modes.js';
import { GatewayProcess } from './gateway-process.js';
import { LocalPlatform } from './local-platform.js';
import { tailOf } from './log-file.js';
import { podEnvironment } from './pod-environment.js';
import { removeKeys } from './redis/commands.js';
import { findRedis } from './redis/find-redis.js';
import { appEntry } from './repository.js';
import { createRunFolder, removeFolder } from './run-folder.js';
import { makeRunSecrets } from './run-secrets.js';
import type { WorkloadTemplate } from './workload.js';

export interface LocalOptions {
  /** The gateway's; 0 takes any free one. */
  readonly port: number;
  /** How many pods of each workload; the others have none until they are scaled. */
  readonly workloads: Partial<Record<WorkloadName, number>>;
  /** Is told in sentences what is done. */
  readonly say?: (sentence: string) => void;
  /** Settings of a workload's pods beside those that every run needs. */
  readonly environment?: Partial<Record<WorkloadName, Readonly<Record<string, string>>>>;
  /** How long a pod may take to stop, before it is killed: Kubernetes' default of 30 s unless told otherwise. */
  readonly graceMs?: number;
}

/**
 * Brings up the bank on this machine and resolves when every pod is ready.
 * @throws RedisNotFound, PortTaken, or an error with the last lines of the pod that does not start; nothing is left then
 */
export async function startLocalPlatform(options: LocalOptions): Promise<LocalPlatform> {
  const say = options.say ?? (() => {});
  const undo: (() => unknown)[] = [];
  const takeDown = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const folder = createRunFolder();
    const forget = () => removeFolder(folder);
    // Also when nobody closes us: the folder holds keys.
    process.once('exit', forget);
    undo.push(() => process.off('exit', forget), forget);

    const redis = await findRedis({ folder, environment: process.env, say });
    say(`Redis: ${redis.how}`);
    undo.push(() => redis.stop());
    const keyPrefix = `tellers:${randomBytes(4).toString('hex')}:`;
    if (!redis.own) undo.push(() => removeKeys(redis.url, keyPrefix));

    const gateway = await GatewayProcess.start(options.port, join(folder, 'logs/gateway.log'));
    undo.push(() => gateway.close());
    const baseUrl = `http://127.0.0.1:${gateway.port}`;
    say(`Gateway: ${baseUrl}`);

    const run = { redisUrl: redis.url, keyPrefix, baseUrl, ...makeRunSecrets(folder) };
    const template = (workload: WorkloadName): WorkloadTemplate => ({
      kind: workload.startsWith('session') ? 'StatefulSet' : 'Deployment',
      spec: (podName) => ({
        entry: appEntry(workload.startsWith('session') ? 'session' : (workload as 'auth' | 'account')),
        environment: { ...podEnvironment(workload, podName, run), ...options.environment?.[workload] },
        logFile: join(folder, 'logs', `${podName}.log`),
      }),
    });
    const names: WorkloadName[] = ['auth', ...Object.values(modes).map(({ workload }) => workload)];
    const templates = Object.fromEntries(names.map((name) => [name, template(name)])) as Record<
      WorkloadName,
      WorkloadTemplate
    >;
    const graceMs = options.graceMs ?? 30_000;
    const platform = new LocalPlatform({ gateway, redisUrl: redis.url, templates, graceMs, takeDown });
    undo.push(() => platform.close());
    await bringUp(platform, options.workloads, (podName) => tailOf(join(folder, 'logs', `${podName}.log`)), say);
    undo.pop();
    return platform;
  } catch (error) {
    await takeDown();
    throw error;
  }
}

/** Starts all workloads at once; the first pod that ends before it was ready ends the attempt. */
async function bringUp(
  platform: LocalPlatform,
  workloads: LocalOptions['workloads'],
  tail: (podName: string) => string,
  say: (sentence: string) => void,
): Promise<void> {
  const replicas = Object.entries(workloads) as [WorkloadName, number][];
  let stopWatching = () => {};
  const failed = new Promise<never>((_, reject) => {
    stopWatching = platform.watch(({ pod, reason }) => {
      if (pod.phase === 'ready') say(`Pod ${pod.name} is ready`);
      if (pod.phase === 'gone') reject(new Error(`Pod ${pod.name} ${reason}. Its log ends:\n${tail(pod.name)}`));
    });
  });
  try {
    await Promise.race([Promise.all(replicas.map(([name, count]) => platform.scale(name, count))), failed]);
  } finally {
    stopWatching();
  }
}
