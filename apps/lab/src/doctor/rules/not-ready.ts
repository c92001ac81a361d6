import { isRolledOut } from '../../provision/readiness.js';
import { eventsOf, isReady, isYoung, kubectl, lastingPods, nameOf, ownerOf, type Rule } from '../cluster-snapshot.js';

/** Workloads that are short of ready pods or of new ones, whatever the reason. */
export const notReady: Rule = (snapshot) =>
  snapshot.workloads
    .filter((workload) => !isRolledOut(workload))
    .map((workload) => {
      const object = nameOf(workload);
      const own = lastingPods(snapshot).filter((candidate) => ownerOf(snapshot, candidate) === object);
      const pod = own.find((candidate) => !isReady(candidate));
      const made = [workload, ...own].map(({ metadata }) => metadata.creationTimestamp);
      const isStarting = made.some((time) => isYoung(snapshot, time));
      const warning = pod && eventsOf(snapshot, pod).findLast(({ type }) => type === 'Warning');
      const { replicas = 1 } = workload.spec;
      const { readyReplicas = 0, updatedReplicas = 0 } = workload.status;
      const outdated = updatedReplicas < replicas ? `, and ${updatedReplicas} of ${replicas} as they should be` : '';
      return {
        ...(isStarting && { level: 'not yet' as const }),
        object,
        sentence: `${object} has ${readyReplicas} of ${replicas} pods ready${outdated}${isStarting ? '; they are starting' : ''}.`,
        ...(warning?.message === undefined || isStarting ? {} : { evidence: [warning.message] }),
        next: [],
        look: [kubectl(snapshot, pod === undefined ? `describe ${object}` : `describe pod ${pod.metadata.name}`)],
      };
    });
