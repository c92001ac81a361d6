import type { ContainerStatus, Pod } from '../kube-objects.js';
import {
  groupBy,
  helmUpgrade,
  kubectl,
  lastingPods,
  ownerOf,
  type Finding,
  type Rule,
  type ClusterSnapshot,
} from '../cluster-snapshot.js';

/** sysexits(3): a fault in the configuration. */
const exitConfiguration = 78;

interface Crash {
  readonly pod: Pod;
  readonly status: ContainerStatus;
  readonly exitCode: number;
  readonly reason: string;
}

/** Containers that ended and are not well since. */
export const crashes: Rule = (snapshot) =>
  groupBy(lastingPods(snapshot).flatMap(crashesOf), ({ pod, exitCode }) => `${ownerOf(snapshot, pod)} ${exitCode}`).map(
    ([, group]) => describe(snapshot, group[0]),
  );

/** The crashes of a pod; gathering asks for the last lines of just these. */
export function crashesOf(pod: Pod): Crash[] {
  return (pod.status.containerStatuses ?? []).flatMap((status) => {
    const ended = status.state?.terminated ?? (status.ready ? undefined : status.lastState?.terminated);
    if (ended === undefined || ended.exitCode === 0) return [];
    return [{ pod, status, exitCode: ended.exitCode, reason: ended.reason ?? '' }];
  });
}

function describe(snapshot: ClusterSnapshot, { pod, status, exitCode, reason }: Crash): Finding {
  const object = ownerOf(snapshot, pod);
  const { name } = pod.metadata;
  const evidence = (snapshot.previousLogs[name] ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8);
  const logs = kubectl(
    snapshot,
    `logs ${name} --container ${status.name}${status.state?.running === undefined ? '' : ' --previous'}`,
  );
  const again = status.restartCount > 0 ? `, ${status.restartCount} times restarted` : '';
  if (reason === 'OOMKilled') {
    const limit = pod.spec.containers.find((container) => container.name === status.name)?.resources?.limits?.memory;
    const value = object.includes('session') ? 'session' : status.name;
    return {
      object,
      sentence: `${object} ran out of its memory of ${limit ?? 'the node'} (pod ${name}${again}).`,
      next: [helmUpgrade(snapshot, `${value}.resources.limits.memory=<more>`)],
    };
  }
  if (exitCode === exitConfiguration) {
    return {
      object,
      sentence: `${object} is given settings that it cannot run with (pod ${name}, exit code 78${again}).`,
      evidence,
      next: [logs, helmUpgrade(snapshot, `${object.includes('session') ? 'session' : status.name}.env.<NAME>=<value>`)],
    };
  }
  return {
    object,
    sentence: `${object} ends with exit code ${exitCode} (pod ${name}${again}).`,
    evidence,
    next: [logs],
  };
}
