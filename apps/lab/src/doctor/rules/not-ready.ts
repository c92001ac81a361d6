import { isReady, kubectl, lastingPods, nameOf, ownerOf, type Rule } from '../cluster-snapshot.js';

/** Workloads that are short of ready pods, whatever the reason. */
export const notReady: Rule = (snapshot) =>
  snapshot.workloads
    .filter(({ spec, status }) => (status.readyReplicas ?? 0) < (spec.replicas ?? 1))
    .map((workload) => {
      const object = nameOf(workload);
      const pod = lastingPods(snapshot).find(
        (candidate) => ownerOf(snapshot, candidate) === object && !isReady(candidate),
      );
      const warning = snapshot.events.findLast(
        ({ type, involvedObject }) => type === 'Warning' && involvedObject.name === pod?.metadata.name,
      );
      const count = `${workload.status.readyReplicas ?? 0} of ${workload.spec.replicas ?? 1} pods ready`;
      return {
        object,
        sentence: `${object} has ${count}${warning === undefined ? '; they may be starting' : ''}.`,
        ...(warning?.message === undefined ? {} : { evidence: [warning.message] }),
        next: [kubectl(snapshot, pod === undefined ? `describe ${object}` : `describe pod ${pod.metadata.name}`)],
      };
    });
