import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, type RunProgram } from './run-program.js';

/** The release, its namespace and where it is installed. */
export interface InstalledRelease {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
}

/** What `helm status --output json` says that matters here. */
export interface ReleaseStatus {
  readonly info: { readonly status: string; readonly description?: string };
}

export type ReleasePlan = 'nothing' | 'upgrade' | 'forget and upgrade';

const unfinished = ['pending-install', 'pending-upgrade', 'pending-rollback', 'uninstalling'];

/**
 * What there is to do for a release to be as described.
 * @param status absent where there is no such release
 */
export function planFor(status: ReleaseStatus | undefined, description: string): ReleasePlan {
  if (status === undefined) return 'upgrade';
  if (unfinished.includes(status.info.status)) return 'forget and upgrade';
  return status.info.status === 'deployed' && status.info.description === description ? 'nothing' : 'upgrade';
}

/** A description that changes with any file of the chart and any argument. */
export function describe(chart: string, args: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(args));
  const files = readdirSync(chart, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).toSorted()) {
    hash.update(`${path}\0`).update(readFileSync(path));
  }
  return `chart and values ${hash.digest('hex').slice(0, 12)}`;
}

/**
 * Installs or upgrades a release, or leaves it when it is as it should be; does not wait for its pods.
 * @param args of helm, after the chart: the values
 * @returns what was done
 */
export async function release(
  run: RunProgram,
  at: InstalledRelease,
  chart: string,
  args: readonly string[],
): Promise<string> {
  const where = ['--kube-context', at.context, '--namespace', at.namespace];
  const description = describe(chart, args);
  const { code, out } = await run('helm', ['status', at.name, ...where, '--output', 'json']);
  const status = code === 0 ? (JSON.parse(out) as ReleaseStatus) : undefined;
  const plan = planFor(status, description);
  if (plan === 'nothing') return 'already there';
  if (plan === 'forget and upgrade') await forgetUnfinished(run, at);
  await output(run, 'helm', [
    'upgrade',
    '--install',
    at.name,
    chart,
    ...where,
    '--create-namespace',
    ...args,
    '--description',
    description,
  ]);
  if (status === undefined) return 'installed';
  return plan === 'upgrade' ? 'upgraded' : `upgraded, after an earlier try that was left ${status.info.status}`;
}

/**
 * Helm refuses a release whose last operation was ended half-way. Without the record of that operation it goes on from
 * the one before, and takes over what is in the cluster already: no key and no money is lost.
 */
async function forgetUnfinished(run: RunProgram, { context, namespace, name }: InstalledRelease): Promise<void> {
  const records = `owner=helm,name=${name},status in (${unfinished.join(',')})`;
  const where = ['--context', context, '--namespace', namespace];
  await output(run, 'kubectl', [...where, 'delete', 'secrets', '--selector', records]);
}
