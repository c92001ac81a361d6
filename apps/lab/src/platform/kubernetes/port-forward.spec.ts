import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { PodAccess } from './pod-access.js';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const number = (port: number): Buffer => Buffer.of(port & 0xff, port >> 8);

/** An API server as far as it forwards ports: two channels a port, each begun with the port's number. */
class Forwarder {
  readonly asked: string[] = [];
  readonly open = new Set<WebSocket>();
  refuses = false;
  readonly server = createServer();

  constructor() {
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0]! });
    this.server.on('upgrade', (request, socket: Socket, head) => {
      this.asked.push(request.url!);
      if (this.refuses) {
        const body = JSON.stringify({ message: 'User "eve" cannot get resource "pods/portforward"' });
        return void socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      }
      sockets.handleUpgrade(request, socket, head, (one) => this.#forward(one, Number(request.url!.split('=')[1])));
    });
  }

  #forward(one: WebSocket, port: number): void {
    this.open.add(one);
    const pod = connect(port, '127.0.0.1');
    for (const channel of [0, 1]) one.send(Buffer.concat([Buffer.of(channel), number(port)]));
    pod.on('data', (data) => one.send(Buffer.concat([Buffer.of(0), data])));
    pod.on('error', (error) => one.send(Buffer.concat([Buffer.of(1), Buffer.from(error.message)])));
    pod.on('close', () => one.close());
    one.on('message', (message: Buffer) => pod.write(message.subarray(1)));
    one.on('close', () => {
      this.open.delete(one);
      pod.destroy();
    });
  }
}

describe('pods asked from outside the cluster', () => {
  const forwarder = new Forwarder();
  const admin = createServer((request, reply) => reply.end(`${request.url} ${'x'.repeat(100_000)}`));
  let access: PodAccess;
  beforeAll(async () => {
    for (const server of [admin, forwarder.server]) await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => [admin, forwarder.server].forEach((server) => server.close()));
  beforeEach(() => {
    Object.assign(forwarder, { refuses: false }).asked.length = 0;
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

  it('are given up in time when nobody answers', async () => {
    const silent = createServer(() => {});
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    await expect(access.get(pod(portOf(silent)), '/metrics', 200)).rejects.toThrow('no answer within 0.2 s');
    silent.closeAllConnections();
    silent.close();
  });
});
