import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FromGateway, ToGateway } from '../../apps/lab/src/platform/local/gateway/messages.js';
import { type Bench, type Figure, Skipped } from '../figure.js';
import { httpRequest } from '../load/job.js';
import { cpuBasis, paired } from '../paired.js';
import { type Running, running, startNode, startProgram } from '../processes/running.js';
import { haproxySettings, nginxSettings } from '../peers/proxy-settings.js';
import { findProgram } from '../../apps/lab/src/platform/local/find-program.js';
import { freePort } from '../../apps/lab/src/platform/local/free-port.js';

export const gateway: Figure = {
  name: 'gateway',
  title: "the gateway's CPU time per request / haproxy's or nginx's, one thread, the same pod behind each",
  target: { bound: 'at most', value: 2.5 },
  async open(bench) {
    if (process.platform !== 'linux')
      throw new Skipped('CPU time of other programs is read from /proc, on Linux only.');
    const startPeer = findPeer();
    const pod = await startNode('bench/peers/session.js');
    const [ours, peer] = [await startGateway(pod), await startPeer(bench, pod)];
    const jobs = await Promise.all([ours, peer].map((front) => jobWithCookie(front, bench.seconds)));
    return paired({
      basis: cpuBasis,
      bound: 'at most',
      ours: () => bench.load.measure(ours, jobs[0]!),
      peer: () => bench.load.measure(peer, jobs[1]!),
      async close() {
        await Promise.all([ours.stop(), peer.stop(), pod.stop()]);
      },
    });
  },
};

async function startGateway(pod: Running): Promise<Running> {
  const child = fork(new URL('../../apps/lab/src/platform/local/gateway/main.js', import.meta.url), ['0']);
  const upstreams = [{ name: 'session-0', bootId: 'boot', port: pod.port, accepting: true }];
  const routes = [{ path: '/session', affinityCookie: 'tellers-affinity-sticky', upstreams }];
  // It listens when it has its table.
  child.send({ kind: 'routes', version: 1, routes } satisfies ToGateway);
  const heard = await new Promise<FromGateway>((resolve) => {
    child.on('message', (message: FromGateway) => {
      if (message.kind !== 'applied') resolve(message);
    });
  });
  if (heard.kind !== 'listening') throw new Error(`the gateway does not listen: ${JSON.stringify(heard)}`);
  return running(child, heard.port);
}

/** haproxy by preference, which does affinity by cookie too. */
function findPeer(): (bench: Bench, pod: Running) => Promise<Running> {
  const path = `${process.env['PATH']}:/usr/sbin`;
  const haproxy = findProgram(['haproxy'], path);
  const nginx = findProgram(['nginx'], path);
  if (haproxy === undefined && nginx === undefined) throw new Skipped('Neither haproxy nor nginx is on the PATH.');
  return async ({ folder }, pod) => {
    const port = await freePort();
    const file = join(folder, 'proxy.conf');
    writeFileSync(file, haproxy ? haproxySettings(port, pod.port) : nginxSettings(folder, port, pod.port));
    return haproxy
      ? startProgram(haproxy, ['-db', '-q', '-f', file], port)
      : startProgram(nginx!, ['-p', folder, '-c', file], port);
  };
}

/** A client that comes back: it has the affinity cookie that the front door gave it. */
async function jobWithCookie({ port }: Running, seconds: number) {
  const reply = await fetch(`http://127.0.0.1:${port}/session`);
  if (!reply.ok) throw new Error(`no way through the front door: ${reply.status}`);
  await reply.arrayBuffer();
  const cookies = ['tellers-session-sticky=boot.id', ...reply.headers.getSetCookie().map((set) => set.split(';')[0]!)];
  const request = httpRequest('GET', '/session', { cookie: cookies.join('; ') });
  return { connections: 32, requests: [request], seconds };
}
