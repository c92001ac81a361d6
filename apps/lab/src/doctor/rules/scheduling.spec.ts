import { expect, it } from '@jest/globals';
import { pod, snapshot, workload } from '../../../test/cluster-snapshot.js';
import { scheduling } from './scheduling.js';

const homeless = (message: string) =>
  pod('account', { status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] } });

it('says what is short when no node has room', () => {
  const [found] = scheduling(snapshot({ pods: [homeless('0/3 nodes are available: 3 Insufficient cpu.')] }));
  expect(found!.sentence).toBe('deployment/tellers-account has a pod that asks for more cpu than any node has left.');
  expect(found!.next.at(-1)).toMatch(/--set account\.resources\.requests\.cpu=<less>$/);
});

it("gives the scheduler's words for anything else", () => {
  const message = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.";
  const [found] = scheduling(snapshot({ pods: [homeless(message)] }));
  expect(found!.evidence).toEqual([message]);
  expect(found!.next[0]).toContain('describe pod tellers-account');
});

it('leaves a claim without a volume to the rule of storage', () => {
  const message = '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.';
  expect(scheduling(snapshot({ pods: [homeless(message)] }))).toEqual([]);
});

it('tells pods that the cluster refuses to make', () => {
  const missing = workload('account', 0);
  const message = 'pods "tellers-account-7c9f4-" is forbidden: exceeded quota: small';
  const [found] = scheduling(
    snapshot({
      pods: [],
      workloads: [{ ...missing, status: { ...missing.status, replicas: 0 } }],
      events: [
        {
          kind: 'Event',
          metadata: { name: 'e' },
          type: 'Warning',
          reason: 'FailedCreate',
          message,
          involvedObject: { kind: 'ReplicaSet', name: 'tellers-account-7c9f4' },
        },
      ],
    }),
  );
  expect(found!.object).toBe('deployment/tellers-account');
  expect(found!.evidence).toEqual([message]);
});
