import { describe, expect, it } from '@jest/globals';
import { snapshot, workload } from '../../../test/cluster-snapshot.js';
import { refused } from './refused.js';

/** Old pods serve, and new ones are not made: what its ReplicaSet was told. */
const stalled = (component: string, message: string) => {
  const whole = workload(component);
  const conditions = [{ type: 'ReplicaFailure', status: 'True', message }];
  return { ...whole, status: { ...whole.status, updatedReplicas: 0, updateRevision: 'new', conditions } };
};
/** A StatefulSet lacks a pod, and events tell why. */
const short = (message: string) => {
  const whole = workload('redis', 0, 1);
  const involvedObject = { kind: 'StatefulSet', name: 'tellers-redis' };
  const event = { kind: 'Event' as const, metadata: { name: 'e' }, reason: 'FailedCreate', involvedObject, message };
  return snapshot({ workloads: [{ ...whole, status: { ...whole.status, replicas: 0 } }], events: [event] });
};
const quota = 'is forbidden: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4';

describe('pods that the cluster refuses to make', () => {
  it('are told though every old pod is ready, and the quota gets room for them and for one more', () => {
    const [found] = refused(snapshot({ workloads: [stalled('account', quota)] }));
    expect(found!.sentence).toBe(
      'The quota small lets no more pods of deployment/tellers-account be made: 0 of 2 pods are as they should be.',
    );
    expect(found!.next[0]).toMatch(/patch resourcequota small --patch '\{"spec":\{"hard":\{"pods":"7"\}\}\}'$/);
  });

  it('are made within a LimitRange by other values, and Redis fills less with them', () => {
    const message = (memory: string) =>
      `is forbidden: [maximum cpu usage per Container is 200m, but limit is 500m, maximum memory usage per Container is ${memory}, but limit is 256Mi]`;
    const [found] = refused(snapshot({ workloads: [stalled('account', message('200Mi'))] }));
    expect(found!.next[0]).toMatch(
      /--set account\.resources\.limits\.cpu=200m,account\.resources\.limits\.memory=200Mi$/,
    );
    const [redis] = refused(short(message('200Mi')));
    expect(redis!.next[0]).toMatch(/redis\.resources\.limits\.memory=200Mi,redis\.maxmemory=100mb$/);
  });

  it('have no command for anything else, which events alone may tell', () => {
    const [found] = refused(short('violates PodSecurity'));
    expect(found).toMatchObject({ object: 'statefulset/tellers-redis', evidence: ['violates PodSecurity'], next: [] });
  });

  it('are none of a StatefulSet that has its pods again, whatever was noted an hour ago', () => {
    const before = short('violates PodSecurity');
    expect(refused({ ...before, workloads: [workload('redis', 0, 1)] })).toEqual([]);
  });

  it('are none where all is rolled out', () => {
    expect(refused(snapshot({ workloads: [workload('account')] }))).toEqual([]);
  });
});
