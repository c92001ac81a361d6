import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PortForwarder } from '../../../test/port-forwarder.js';
import { PodAccess } from './pod-access.js';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('pods asked from outside the cluster', () => {
  const forwarder = new PortForwarder();
  const admin = createServer((request, reply) => reply.end(`${request.url} ${'x'.repeat(100_000)}`));
  let access: PodAccess;
  beforeAll(async () => {
    for (const server of [admin, forwarder.server]) await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => [admin, forwarder.server].forEach((server) => server.close()));
  beforeEach(() => {
    Object.assign(forwarder, { refuses: false, faultAtOnce: undefined }).asked.length = 0;
    const config = new KubeConfig();
    const cluster = { name: 'c', server: `http://127.0.0.1:${portOf(forwarder.server)}`, skipTLSVerify: true };
    config.loadFromClusterAndUser(cluster, { name: 'u' });
    access = new PodAccess({ config, inCluster: false, namespace: 'bank' });
  });
  afterEach(() => access.close());

  const pod = (port = portOf(admin)): V1Pod => ({
    metadata: { name: 'account-1', uid: 'u', labels: { 'app.kubernetes.io/component': 'account' } },
    spec: { containers: [{ name: 'account', ports: [{ name: 'admin', containerPort: port }] }] },
  });

  it('answer through one forwarded connection, again and again', async () => {
    for (const path of ['/livez', '/metrics']) {
      expect((await access.get(pod(), path, 5_000)).text).toBe(`${path} ${'x'.repeat(100_000)}`);
    }
    expect(forwarder.asked).toEqual([`/api/v1/namespaces/bank/pods/account-1/portforward?ports=${portOf(admin)}`]);
  });

  it('answer by a new connection when the one before was cut', async () => {
    await access.get(pod(), '/livez', 5_000);
    for (const one of forwarder.open) one.terminate();
    await access.get(pod(), '/livez', 5_000);
    expect(forwarder.asked).toHaveLength(2);
  });

  it('say which right is missing', async () => {
    forwarder.refuses = true;
    await expect(access.get(pod(), '/metrics', 5_000)).rejects.toThrow(
      'account-1 cannot be asked for /metrics: User "eve" cannot get resource "pods/portforward"',
    );
  });

  it('say what the kubelet says when the port is closed', async () => {
    await expect(access.get(pod(1), '/metrics', 5_000)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('say it, too, where it comes with the very answer that opens the connection', async () => {
    forwarder.faultAtOnce = 'connection refused';
    await expect(access.get(pod(), '/metrics', 5_000)).rejects.toThrow('connection refused');
  });

  it('are given up in time when nobody answers', async () => {
    const silent = createServer(() => {});
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    await expect(access.get(pod(portOf(silent)), '/metrics', 200)).rejects.toThrow('no answer within 0.2 s');
    silent.closeAllConnections();
    silent.close();
  });
});
