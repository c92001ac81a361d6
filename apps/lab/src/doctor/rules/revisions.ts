import { isReady, isYoung, kubectl, lastingPods, nameOf, ownerOf, type Rule } from '../cluster-snapshot.js';

const revision = 'controller-revision-hash';

/** Pods of a StatefulSet that will never be ready nor replaced: one at a time it waits for each to get ready first. */
export const revisions: Rule = (snapshot) =>
  snapshot.workloads
    .filter(
      ({ kind, spec }) => kind === 'StatefulSet' && (spec.podManagementPolicy ?? 'OrderedReady') === 'OrderedReady',
    )
    .flatMap((workload) => {
      const object = nameOf(workload);
      const { updateRevision } = workload.status;
      const stuck = lastingPods(snapshot).filter(
        (pod) =>
          ownerOf(snapshot, pod) === object &&
          !isReady(pod) &&
          !isYoung(snapshot, pod.metadata.creationTimestamp) &&
          pod.metadata.labels?.[revision] !== updateRevision,
      );
      return stuck.map(({ metadata: { name } }) => ({
        object,
        sentence: `${object} was changed, and its pod ${name} is still what it was before: it never got ready, and is replaced only when it is deleted.`,
        next: [kubectl(snapshot, `delete pod ${name}`)],
      }));
    });
