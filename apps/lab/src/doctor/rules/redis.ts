import {
  componentOf,
  kubectl,
  lastingPods,
  nameOf,
  ownerOf,
  type Finding,
  type Rule,
  type ClusterSnapshot,
} from '../cluster-snapshot.js';

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
  const told = lastingPods(snapshot).flatMap((pod) => {
    const reason = reasonIn(snapshot.logs[pod.metadata.name] ?? '');
    return reason === undefined ? [] : [{ pod, reason }];
  });
  const [first] = told;
  if (first === undefined) return [];
  const url = first.pod.spec.containers.flatMap(({ env = [] }) => env).find(({ name }) => name === 'REDIS_URL')?.value;
  const host = url?.replace(/^rediss?:\/\/([^@]*@)?/, '') ?? 'its address';
  const owners = [...new Set(told.map(({ pod }) => ownerOf(snapshot, pod)))];
  const workload = snapshot.workloads.find((candidate) => componentOf(candidate) === 'redis');
  return [
    {
      object: workload === undefined ? `redis ${host}` : nameOf(workload),
      // A pod that has never reached Redis is not ready.
      explains: owners,
      sentence: `Redis at ${host} does not answer ${owners.join(', ')}.`,
      evidence: [first.reason],
      next:
        workload === undefined
          ? [kubectl(snapshot, `logs ${first.pod.metadata.name} --tail=5`)]
          : [
              kubectl(snapshot, `describe pod ${workload.metadata.name}-0`),
              kubectl(snapshot, `logs ${workload.metadata.name}-0`),
            ],
    },
  ];
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
