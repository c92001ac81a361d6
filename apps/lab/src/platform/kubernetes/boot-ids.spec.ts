import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BootIds } from './boot-ids.js';
import { PodAccess } from './pod-access.js';

const asked: (string | undefined)[] = [];
/** The second port of a pod; its first one is closed, as the NetworkPolicy has it. */
const admin = createServer((request, reply) => {
  asked.push(request.url);
  reply.setHeader('x-served-by', `account-1/boot-${asked.length}`).end('{}');
});

beforeAll(async () => {
  await once(admin.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void admin.close());

const pod = (restartCount: number): V1Pod => {
  const ports = [{ name: 'admin', containerPort: (admin.address() as AddressInfo).port }];
  const status = { name: 'account', image: '', imageID: '', ready: true, restartCount };
  return {
    metadata: { name: 'account-1', uid: 'u', labels: { 'app.kubernetes.io/component': 'account' } },
    spec: { containers: [{ name: 'account', ports }] },
    status: { podIP: '127.0.0.1', containerStatuses: [status] },
  };
};

it('asks each process once, on the second port', async () => {
  const boots = new BootIds(new PodAccess({ config: new KubeConfig(), inCluster: true, namespace: 'bank' }));
  expect(boots.known(pod(0))).toBeUndefined();
  expect(await Promise.all([boots.of(pod(0)), boots.of(pod(0))])).toEqual(['boot-1', 'boot-1']);
  expect(boots.known(pod(0))).toBe('boot-1');
  expect(await boots.of(pod(1))).toBe('boot-2');
  expect(asked).toEqual(['/livez', '/livez']);
});
