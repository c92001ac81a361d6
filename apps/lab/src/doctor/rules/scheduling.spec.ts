import { expect, it } from '@jest/globals';
import { container, pod, snapshot } from '../../../test/cluster-snapshot.js';
import { scheduling } from './scheduling.js';

const homeless = (message: string, cpu = '2') =>
  pod('account', {
    containers: [{ ...container('account'), resources: { requests: { cpu } } }],
    status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] },
  });

it('says what is short when no node has room', () => {
  const [found] = scheduling(snapshot({ pods: [homeless('0/3 nodes are available: 3 Insufficient cpu.')] }));
  expect(found!.sentence).toBe('deployment/tellers-account has a pod that asks for more cpu than any node has left.');
  expect(found!.next).toEqual([expect.stringMatching(/--set account\.resources\.requests\.cpu=10m$/)]);
  const [modest] = scheduling(snapshot({ pods: [homeless('0/3 nodes are available: 3 Insufficient cpu.', '10m')] }));
  expect(modest!.next).toEqual([]);
});

it("gives the scheduler's words for anything else", () => {
  const message = '0/3 nodes are available: 3 node(s) had untolerated taint(s).';
  const [found] = scheduling(snapshot({ pods: [homeless(message)] }));
  expect(found!.evidence).toEqual([message]);
  expect(found!.next).toEqual([]);
  expect(found!.look![0]).toContain('describe pod tellers-account');
  const [elsewhere] = scheduling(
    snapshot({ pods: [homeless("1 node(s) didn't match Pod's node affinity/selector.")] }),
  );
  expect(elsewhere!.next[0]).toMatch(/--set nodeSelector=null$/);
});

it('leaves a claim without a volume to the rule of storage', () => {
  const message = '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.';
  expect(scheduling(snapshot({ pods: [homeless(message)] }))).toEqual([]);
});
