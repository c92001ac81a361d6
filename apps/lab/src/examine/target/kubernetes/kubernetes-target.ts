import type { V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { exactly } from '../../../platform/kubernetes/autoscaling.js';
import { ClusterFault } from '../../../platform/kubernetes/cluster-fault.js';
import { kubectl } from '../../../platform/kubernetes/cluster.js';
import { restartForNow } from '../../../platform/kubernetes/orders.js';
import { phaseOf, troubleOf } from '../../../platform/kubernetes/pod-state.js';
import { nameOf, uidOf } from '../../../platform/kubernetes/target-state.js';
import { killNote, patienceMs } from '../../../platform/kubernetes/workloads.js';
import { UserError } from '../../../user-error.js';
import type { Target } from '../target.js';
import { declaredPorts } from './find-workload.js';
import { ForwardedPods } from './forwarded-pods.js';
import { obstaclesOf } from './obstacles.js';
import { isLeftMoved, openWorkload, putBack, type OpenWorkload, type WorkloadSelection } from './open-workload.js';
import { countLines } from './pod-logs.js';
import { missingOf, rightsToReadLogs } from './rights.js';
import { findMemorySource, readMemory } from './pod-memory.js';

export interface KubernetesTargetOptions extends WorkloadSelection {
  /** Where its pods speak HTTP. */
  readonly port: number;
  /** The front door; none if not given. */
  readonly url?: string;
  /** What a pod is asked for to see whether it answers, by HEAD: the path of the journey's first request; / if not given. */
  readonly readyPath?: string;
  /** Whether nothing may be killed, replaced or scaled. */
  readonly readOnly: boolean;
  /** Is told in sentences what is found. */
  readonly say?: (sentence: string) => void;
}

/** A pod whose cluster calls it ready may listen a moment later, where it has no readiness probe. */
const answersWithinMs = 5_000;
const pauseMs = 250;
/** A front door learns of pods a moment after the cluster: Traefik every two seconds. */
const learnedWithinMs = 3_000;

/**
 * A workload of a cluster, whose pods are asked one by one through the API server. What is changed of it is put back at the
 * end, and else by whoever opens it next.
 * @throws UserError with what to do
 */
export async function kubernetesTarget(options: KubernetesTargetOptions): Promise<Target> {
  checkPort(options.port);
  const frontDoor = options.url === undefined ? undefined : readAddress(options.url);
  const opened = await openWorkload(options);
  const forwards = new ForwardedPods(opened.cluster, options.port, options.readyPath ?? '/');
  try {
    return await targetOf(opened, forwards, frontDoor, options);
  } catch (error) {
    await Promise.all([forwards.close(), opened.workloads.close()]);
    throw error;
  }
}

async function targetOf(
  opened: OpenWorkload,
  forwards: ForwardedPods,
  frontDoor: string | undefined,
  { port, readOnly, say = () => {} }: KubernetesTargetOptions,
): Promise<Target> {
  const { cluster, object, name, workloads, selector } = opened;
  const { state } = workloads;
  const ready = (): V1Pod[] => state.pods(name).filter((pod) => phaseOf(pod) === 'ready');
  if (!readOnly) await putBack(opened, say);
  else if (isLeftMoved(opened)) say(`An earlier run has left ${name} changed, and --read-only leaves it so.`);

  if (ready().length === 0) throw new ClusterFault(noneReady(opened));
  const faults = await Promise.all(ready().map((pod) => forwards.faultOf(nameOf(pod), answersWithinMs)));
  if (!faults.includes(undefined)) throw new ClusterFault(noneAnswers(opened, port, faults[0]!));
  const count = ready().length;
  say(`Workload: ${name} in the namespace ${cluster.namespace}, ${count} of ${state.desired(name)} pods ready`);

  const memory = await findMemorySource(cluster, selector, ready());
  const readsLogs = (await missingOf(cluster, rightsToReadLogs)).length === 0;
  const since = Date.now();
  const autoscaler = state.autoscaler(name);
  const cannot: Target['cannot'] = {
    ...(await obstaclesOf({ ...opened, autoscaler, readOnly })),
    ...(count < 2 && { replicas: oneReplica(opened) }),
    ...(frontDoor === undefined && { frontDoor: 'No front door was named. To examine it, too: --url <its address>' }),
    ...(typeof memory === 'string' && { memory }),
    cpu: 'What a cluster tells of the CPU of pods is a mean over a time of its own. --command measures the same program here.',
  };
  if (autoscaler !== undefined && cannot.scale === undefined) {
    const { minReplicas = 1, maxReplicas } = autoscaler.spec!;
    say(
      `Autoscaler: ${nameOf(autoscaler)} (${minReplicas} to ${maxReplicas} pods); while pods are counted it is held still`,
    );
  }

  /** Resolves when every ready pod answers. */
  const answering = async (timeoutMs: number): Promise<void> => {
    for (const until = Date.now() + timeoutMs; ; await sleep(pauseMs)) {
      const found = await Promise.all(
        ready().map(async (pod) => ({ pod: nameOf(pod), why: await forwards.faultOf(nameOf(pod), answersWithinMs) })),
      );
      const silent = found.find(({ why }) => why !== undefined);
      if (silent === undefined) return;
      if (Date.now() > until) throw new Error(`${silent.pod} does not answer on port ${port}: ${silent.why}.`);
    }
  };
  const uids = (): string => ready().map(uidOf).join();
  let learned = uids();
  /** Resolves when the front door, if there is one, may be taken to know who is ready. */
  const knownToFrontDoor = async (): Promise<void> => {
    if (frontDoor === undefined || uids() === learned) return;
    learned = uids();
    await sleep(learnedWithinMs);
  };
  return {
    name: `${name} in ${cluster.namespace}`,
    frontDoor,
    cannot,
    replicas: () =>
      Promise.all(ready().map(async (pod) => ({ name: nameOf(pod), address: await forwards.addressOf(nameOf(pod)) }))),
    ...(cannot.kill === undefined && { kill: (pod: string) => workloads.kill(pod), killNote }),
    ...(cannot.stop === undefined && { stop: (pod: string) => workloads.stop(pod) }),
    ...(cannot.roll === undefined && {
      roll: async () => {
        await workloads.replace(name, state.pods(name), () => restartForNow(cluster, object));
        await answering(patienceMs);
      },
    }),
    ...(cannot.scale === undefined && {
      scale: async (replicas: number) => {
        await workloads.scale(name, replicas, exactly);
        await answering(patienceMs);
      },
    }),
    ...(typeof memory !== 'string' && { memory: () => readMemory(memory, ready, port) }),
    ...(readsLogs && {
      logged: (isMeant: (line: string) => boolean) => countLines(cluster, ready(), { port, since }, isMeant),
    }),
    settled: async (timeoutMs) => {
      const until = Date.now() + timeoutMs;
      await workloads.settled([name], timeoutMs);
      await answering(until - Date.now());
      await knownToFrontDoor();
    },
    close: async () => {
      await Promise.all([forwards.close(), workloads.close()]);
    },
  };
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port > 0 && port < 65_536) return;
  throw new UserError('--port is where the pods speak HTTP, a number between 1 and 65535.');
}

function readAddress(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new UserError(`--url is the address of the front door, as http://shop.example, and not "${url}".`);
  }
  return address.href.replace(/\/+$/, '');
}

function noneReady({ cluster, name, workloads }: OpenWorkload): string {
  const { state } = workloads;
  if (state.desired(name) === 0) {
    return `${name} is scaled to no pods. To have two: ${kubectl(cluster)} scale ${name} --replicas=2`;
  }
  const pods = state.pods(name).map((pod) => `${nameOf(pod)}: ${troubleOf(pod)}`);
  return `No pod of ${name} is ready (${pods.join('; ') || 'there is none'}). Try: ${kubectl(cluster)} get pods`;
}

function noneAnswers({ name, workloads }: OpenWorkload, port: number, why: string): string {
  const declared = declaredPorts(workloads.state.pods(name));
  const others = declared === '' ? 'they declare no ports' : `they declare ${declared}`;
  return `The pods of ${name} do not answer HTTP on port ${port}: ${why}; ${others}. Name the one where they do by --port.`;
}

function oneReplica({ cluster, name, workloads }: OpenWorkload): string {
  const autoscaler = workloads.state.autoscaler(name);
  const mend =
    autoscaler === undefined
      ? `${kubectl(cluster)} scale ${name} --replicas=2`
      : `set minReplicas of the autoscaler ${nameOf(autoscaler)} to 2`;
  return `${name} has one replica, and whether memory lies in a process shows with two. To have them: ${mend}`;
}
