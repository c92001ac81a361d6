import { expect, it } from '@jest/globals';
import { labels, pod, snapshot, workload } from '../../../test/cluster-snapshot.js';
import { revisions } from './revisions.js';

const { at } = snapshot();
const redis = workload('redis', 0, 1);
const changed = (podManagementPolicy: string) => ({
  ...redis,
  spec: { ...redis.spec, podManagementPolicy },
  status: { ...redis.status, updateRevision: 'good' },
});
const stuck = (revision: string, seconds = 120) => {
  const made = pod('redis', { status: { phase: 'Pending' } });
  const creationTimestamp = new Date(at - seconds * 1_000).toISOString();
  const own = { ...labels('redis'), 'controller-revision-hash': revision };
  return { ...made, metadata: { ...made.metadata, creationTimestamp, labels: own } };
};
const found = (policy: string, one: ReturnType<typeof stuck>) =>
  revisions(snapshot({ workloads: [changed(policy)], pods: [one] }));

it('deletes a pod that stays on a revision that never gets ready', () => {
  const [finding] = found('OrderedReady', stuck('bad'));
  expect(finding!.next).toEqual(['kubectl --context kind-tellers --namespace tellers delete pod tellers-redis-0']);
});

it('leaves alone what is new, what is only starting, and what its controller replaces itself', () => {
  expect(found('OrderedReady', stuck('good'))).toEqual([]);
  expect(found('OrderedReady', stuck('bad', 10))).toEqual([]);
  expect(found('Parallel', stuck('bad'))).toEqual([]);
});
