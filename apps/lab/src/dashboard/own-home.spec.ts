import { expect, it } from '@jest/globals';
import { homeOf } from '../page/own-home.js';
import type { PodSnapshot } from '../protocol/snapshots.js';

const session = { pod: 'session-sticky-0', bootId: 'b1', lost: null };
const lost = { cause: 'owner-died', reported: 'session-owner-gone', pod: null };
const bank = (pod: Partial<PodSnapshot>) => {
  const silent = { cpu: null, memoryBytes: null, sessions: null, perSecond: null, failed: null, p99Ms: null };
  const pods = [{ ...silent, name: 'session-sticky-0', phase: 'ready' as const, bootId: 'b1', ...pod }];
  return { workloads: [{ workload: 'session-sticky', autoscaling: null, pods }] };
};

it.each([
  ['in the process that answered', session, {}, 'session-sticky-0'],
  ['there still while that one drains', session, { phase: 'terminating' as const }, 'session-sticky-0'],
  ['there where nobody knows which process runs', session, { bootId: null }, 'session-sticky-0'],
  ['nowhere once another process has the name', session, { bootId: 'b2' }, undefined],
  ['nowhere while another one starts', session, { phase: 'starting' as const, bootId: null }, undefined],
  ['nowhere once the pod is gone', session, { name: 'session-sticky-1' }, undefined],
  ['nowhere once it is lost', { ...session, lost }, {}, undefined],
])('your session is %s', (_, own, pod, home) => {
  expect(homeOf(own, bank(pod))).toBe(home);
});
