import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { output, runProgram } from '../../src/provision/run-program.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { kubectl, objects, place } from './place.js';

/** Nodes that can go while the cluster stays. */
async function workers(): Promise<string[]> {
  const nodes = await objects<V1Node>('nodes', '--selector=!node-role.kubernetes.io/control-plane');
  return nodes.map(({ metadata }) => metadata!.name!);
}

/** The worker that the bank can do without: one that has not Redis, whose data lies on one node alone. */
export async function spareWorker(): Promise<string> {
  const redis = await nodeOf(`${place.release}-redis-0`);
  const spare = (await workers()).find((name) => name !== redis);
  if (spare === undefined)
    throw new Error('There is no second worker: this needs a cluster of two, as npm run kind makes.');
  return spare;
}

/** Has every pod scheduled anew: one node may have them all, when another was away for a while. */
export async function spreadOut(platform: KubernetesPlatform): Promise<void> {
  await Promise.all(platform.workloads.map((workload) => platform.roll(workload)));
}

/** Names of the bank's pods on a node; one that has ended may be on record for a moment longer. */
export async function podsOn(node: string): Promise<string[]> {
  const pods = await objects<V1Pod>('pods', `--field-selector=spec.nodeName=${node},status.phase=Running`);
  return pods.map(({ metadata }) => metadata!.name!);
}

/** A worker that the bank can do without, and that docker can kill because it is a container here. */
export async function killableWorker(): Promise<string> {
  const worker = await spareWorker();
  const { code } = await runProgram('docker', ['container', 'inspect', worker]);
  if (code !== 0) throw new Error(`${worker} is no container here: this needs a cluster that kind has made.`);
  return worker;
}

/** Starts a worker that was killed, or does nothing; resolves when the cluster counts on it. */
export async function startAgain(worker: string): Promise<void> {
  await output(runProgram, 'docker', ['start', worker]);
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  const address = (await output(runProgram, 'docker', ['container', 'inspect', '--format', format, worker])).trim();
  const known = await kubectl(['get', `node/${worker}`, '--output', 'jsonpath={.status.addresses[*].address}']);
  // Docker gives the lowest free one: the same again, unless another container before it has gone meanwhile.
  if (!known.split(' ').includes(address)) {
    throw new Error(
      `${worker} came back at ${address}, and the cluster looks for it at ${known}: make the cluster anew.`,
    );
  }
  await kubectl(['wait', `node/${worker}`, '--for=condition=Ready', '--timeout=3m']);
}

async function nodeOf(pod: string): Promise<string | undefined> {
  return (await objects<V1Pod>('pods')).find(({ metadata }) => metadata?.name === pod)?.spec?.nodeName;
}
