import {
  componentOf,
  helmUpgrade,
  isYoung,
  kubectl,
  lastingPods,
  nameOf,
  ownerOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';
import type { KubePod, KubeWorkload } from '../kube-objects.js';

/** A Redis that does not answer: pods stay ready without it, and tell it in their logs alone. */
export const redis: Rule = (snapshot) => [...own(snapshot), ...unreached(snapshot)];

function own(snapshot: ClusterSnapshot): Finding[] {
  const workload = snapshot.workloads.find((candidate) => componentOf(candidate) === 'redis');
  if (workload === undefined || (workload.spec.replicas ?? 1) > 0) return [];
  const object = nameOf(workload);
  return [
    {
      object,
      sentence: `${object} is scaled to 0: there is no Redis, and what needs the ledger is answered 503.`,
      next: [kubectl(snapshot, `scale ${object} --replicas=1`)],
    },
  ];
}

/** What the bank's pods say of their connection; told once, with the pods that say it. */
function unreached(snapshot: ClusterSnapshot): Finding[] {
  if (own(snapshot).length > 0) return [];
  const reported = lastingPods(snapshot).flatMap((pod) => {
    const reason = reasonIn(snapshot.logs[pod.metadata.name] ?? '');
    return reason === undefined ? [] : [{ pod, reason }];
  });
  const [first] = reported;
  if (first === undefined) return [];
  const url = first.pod.spec.containers.flatMap(({ env = [] }) => env).find(({ name }) => name === 'REDIS_URL')?.value;
  const host = url?.replace(/^rediss?:\/\/([^@]*@)?/, '') ?? 'its address';
  const owners = [...new Set(reported.map(({ pod }) => ownerOf(snapshot, pod)))];
  const workload = snapshot.workloads.find((candidate) => componentOf(candidate) === 'redis');
  return [
    {
      object: workload === undefined ? `redis ${host}` : nameOf(workload),
      // A pod that has never reached Redis is not ready.
      explains: owners,
      evidence: [first.reason],
      ...(isRefused(first.reason)
        ? refused(snapshot, host, owners, workload)
        : silent(snapshot, host, owners, workload)),
    },
  ];
}

/** Redis is there and takes another password than the Secret's. */
function isRefused(reason: string): boolean {
  return /WRONGPASS|NOAUTH/.test(reason);
}

function refused(
  snapshot: ClusterSnapshot,
  host: string,
  owners: readonly string[],
  workload: KubeWorkload | undefined,
): Pick<Finding, 'sentence' | 'next' | 'look'> {
  const sentence = `Redis at ${host} does not take the password that ${owners.join(', ')} have.`;
  // Each upgrade looks the Secret up and rolls whoever started with another password.
  if (workload !== undefined) return { sentence, next: [helmUpgrade(snapshot)] };
  return { sentence, next: [], look: [kubectl(snapshot, 'get secrets')] };
}

function silent(
  snapshot: ClusterSnapshot,
  host: string,
  owners: readonly string[],
  workload: KubeWorkload | undefined,
): Pick<Finding, 'level' | 'sentence' | 'next' | 'look'> {
  const sentence = `Redis at ${host} does not answer ${owners.join(', ')}.`;
  if (workload === undefined) return { sentence, next: [], look: [kubectl(snapshot, 'get events')] };
  const pod = lastingPods(snapshot).find((one) => componentOf(one) === 'redis');
  const name = pod?.metadata.name ?? `${workload.metadata.name}-0`;
  const isStarting =
    pod !== undefined && (isYoung(snapshot, pod.metadata.creationTimestamp) || isJustReady(snapshot, pod));
  const look = [kubectl(snapshot, `describe pod ${name}`), kubectl(snapshot, `logs ${name}`)];
  return { ...(isStarting && { level: 'not yet' as const }), sentence, next: [], look };
}

function isJustReady(snapshot: ClusterSnapshot, { status }: KubePod): boolean {
  return isYoung(snapshot, status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime);
}

/** The reason in the last line that tells of a failed connection. */
function reasonIn(log: string): string | undefined {
  const line = log.split('\n').findLast((text) => text.includes('redis connection failed'));
  if (line === undefined) return undefined;
  try {
    const { err } = JSON.parse(line) as { err?: { message?: string; code?: string } };
    return err?.message || err?.code || 'redis connection failed';
  } catch {
    return line;
  }
}
