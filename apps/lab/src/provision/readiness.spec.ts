import { expect, it } from '@jest/globals';
import { autoscaler, workload } from '../../test/cluster-snapshot.js';
import { awaited, isRolledOut } from './readiness.js';

const whole = workload('account');

it('waits for nothing where all pods are ready and measured', () => {
  expect(awaited([whole, workload('session-sticky'), autoscaler('account')])).toEqual([]);
});

it('says what it waits for', () => {
  expect(awaited([workload('account', 1), autoscaler('account', 'no metrics')])).toEqual([
    'tellers-account 1/2',
    '1 HPA reads no CPU yet',
  ]);
});

it.each([
  ['was not yet looked at', { observedGeneration: 0 }],
  ['has an old pod left', { updatedReplicas: 1 }],
  ['has a pod too many', { replicas: 3 }],
])('a Deployment that %s is not rolled out', (_, status) => {
  expect(isRolledOut({ ...whole, status: { ...whole.status, ...status } })).toBe(false);
});

it('a StatefulSet between two revisions is not rolled out', () => {
  const set = workload('session-sticky');
  expect(isRolledOut({ ...set, status: { ...set.status, currentRevision: 'a', updateRevision: 'b' } })).toBe(false);
});
