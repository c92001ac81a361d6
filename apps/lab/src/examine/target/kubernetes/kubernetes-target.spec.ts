import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StandInCluster } from '../../../../test/stand-in-cluster.js';
import type { Target } from '../target.js';
import { kubernetesTarget, type KubernetesTargetOptions } from './kubernetes-target.js';

const shop = '/api/v1/namespaces/shop';
const apps = '/apis/apps/v1/namespaces/shop';
const autoscalers = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
const metrics = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods';

const deployment = (spec: object = {}, metadata: object = {}): V1Deployment => ({
  metadata: { name: 'cart', uid: 'd', generation: 1, ...metadata },
  spec: { replicas: 2, selector: { matchLabels: { app: 'cart' } }, template: {}, ...spec },
  status: { observedGeneration: 1 },
});
const pod = (name: string, more: { readonly metadata?: object; readonly status?: object } = {}): V1Pod => ({
  metadata: {
    name,
    uid: `${name}/${Math.random()}`,
    labels: { app: 'cart', 'pod-template-hash': '1' },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'cart-1', uid: 'r', controller: true }],
    ...more.metadata,
  },
  spec: { nodeName: 'n', containers: [{ name: 'web', ports: [{ containerPort: 8080, name: 'http' }] }] },
  status: more.status ?? { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
});
const stateful = (spec: object): object => ({
  metadata: { name: 'cart', uid: 's', generation: 1 },
  spec: { replicas: 2, selector: { matchLabels: { app: 'cart' } }, template: {}, ...spec },
  status: { observedGeneration: 1 },
});

/** A pod's process: tells what it was asked, and by which headers. */
function service(name: string, asked: string[]): Server {
  return createServer((request, reply) => {
    const { authorization = '', cookie = '', 'user-agent': agent } = request.headers;
    asked.push(`${request.method} ${request.url} by ${agent}`);
    reply.setHeader('location', 'http://elsewhere.example/next').setHeader('set-cookie', `seen=${name}`);
    reply.end(JSON.stringify({ name, asked: `${request.method} ${request.url}`, authorization, cookie }));
  });
}

describe('a workload of a cluster', () => {
  let cluster: StandInCluster;
  let target: Target | undefined;
  let services: Server[];
  const said: string[] = [];
  const asked: string[] = [];
  const open = async (options: Partial<KubernetesTargetOptions> = {}): Promise<Target> =>
    (target = await kubernetesTarget({
      namespace: 'shop',
      workload: 'deployment/cart',
      port: 8080,
      readOnly: false,
      say: (sentence) => said.push(sentence),
      ...options,
    }));

  beforeEach(async () => {
    said.length = 0;
    asked.length = 0;
    cluster = new StandInCluster();
    services = [];
    process.env['KUBECONFIG'] = await cluster.start();
    cluster.put('/api/v1/namespaces', { metadata: { name: 'shop' } });
    cluster.put(`${apps}/deployments`, deployment());
    for (const name of ['cart-a', 'cart-b']) {
      const server = service(name, asked);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      services.push(server);
      cluster.ports.set(name, (server.address() as AddressInfo).port);
      cluster.put(`${shop}/pods`, pod(name));
    }
  });
  afterEach(async () => {
    await target?.close();
    target = undefined;
    cluster.close();
    services.forEach((server) => server.close());
    delete process.env['KUBECONFIG'];
  });

  it('has its pods asked one by one, by all that a client sends, and a canary beside it not', async () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'cart-canary-1', uid: 'x', controller: true };
    cluster.put(`${shop}/pods`, pod('cart-canary', { metadata: { ownerReferences: [owner] } }));
    const opened = await open();
    expect(opened.name).toBe('deployment/cart in shop');
    const found = await opened.replicas();
    expect(found.map((one) => one.name)).toEqual(['cart-a', 'cart-b']);
    await expect(opened.kill!('cart-canary')).rejects.toThrow('There is no pod cart-canary');
    for (const one of found) {
      const headers = { authorization: 'Bearer mine', cookie: 'a=1' };
      const reply = await fetch(`${one.address}/items?x=%2F`, { method: 'POST', headers, redirect: 'manual' });
      expect(await reply.json()).toEqual({ name: one.name, asked: 'POST /items?x=%2F', ...headers });
      expect(reply.headers.get('location')).toBe('http://elsewhere.example/next');
      expect(reply.headers.getSetCookie()).toEqual([`seen=${one.name}`]);
    }
  });

  it('has its pods asked for nothing but what the journey begins with, to see whether they answer', async () => {
    await open({ readyPath: '/prices?of=apples' });
    expect(asked).toEqual(Array.from({ length: 2 }, () => 'HEAD /prices?of=apples by tellers-lab'));
  });

  it('is told to be settled when its front door may know of a new pod', async () => {
    const opened = await open({ url: 'http://shop.example' });
    const secondsToSettle = async (): Promise<number> => {
      const startedAt = performance.now();
      await opened.settled(10_000);
      return (performance.now() - startedAt) / 1_000;
    };
    expect(await secondsToSettle()).toBeLessThan(2);
    cluster.onDeleted = () => {
      cluster.ports.set('cart-c', cluster.ports.get('cart-a')!);
      cluster.put(`${shop}/pods`, pod('cart-c'));
    };
    await opened.stop!('cart-b');
    expect(await secondsToSettle()).toBeGreaterThan(2);
    expect(await secondsToSettle()).toBeLessThan(2);
  });

  it('is one whose pods are deleted, and told to be settled once another one answers', async () => {
    const opened = await open();
    cluster.onDeleted = () => {
      cluster.put(`${shop}/pods`, pod('cart-c'));
      // It is called ready before it listens.
      setTimeout(() => cluster.ports.set('cart-c', cluster.ports.get('cart-a')!), 400).unref();
    };
    await opened.kill!('cart-b');
    await expect(opened.settled(100)).rejects.toThrow('cart-c does not answer on port 8080: nothing listens there');
    await opened.settled(10_000);
    expect(cluster.orders).toEqual([`DELETE ${shop}/pods/cart-b?gracePeriodSeconds=1`]);
    expect((await opened.replicas()).map((one) => one.name)).toEqual(['cart-a', 'cart-c']);
    await expect(opened.kill!('cart-b')).rejects.toThrow('There is no pod cart-b');
  });

  it('refuses connections to a pod that is gone, also where another has its port', async () => {
    const opened = await open();
    const [, { address }] = (await opened.replicas()) as [unknown, { address: string }];
    cluster.onDeleted = (name) => cluster.ports.delete(name);
    await opened.stop!('cart-b');
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('is left alone when it is only looked at', async () => {
    const opened = await open({ readOnly: true, url: 'http://shop.example/' });
    for (const ability of ['kill', 'stop', 'roll', 'scale']) expect(opened).not.toHaveProperty(ability);
    expect(opened.cannot).toMatchObject({
      kill: 'It was left out: --read-only.',
      scale: 'It was left out: --read-only.',
    });
    expect(opened.cannot.frontDoor).toBeUndefined();
    await opened.close();
    await opened.close();
    expect(cluster.orders).toEqual([]);
  });

  it('tells memory that was read after it was asked for', async () => {
    const sample = (name: string, bytes: string, at: number): void =>
      cluster.put(metrics, {
        metadata: { name },
        timestamp: new Date(at).toISOString(),
        containers: [
          { name: 'proxy', usage: { memory: '1Gi' } },
          { name: 'web', usage: { memory: bytes } },
        ],
      } as object);
    for (const name of ['cart-a', 'cart-b']) sample(name, '1Ki', Date.now());
    const opened = await open();
    setTimeout(() => {
      for (const name of ['cart-a', 'cart-b']) sample(name, '2Ki', Date.now() + 2_000);
    }, 500);
    expect([...(await opened.memory!())]).toEqual([
      ['cart-a', 2_048],
      ['cart-b', 2_048],
    ]);
  });

  it.each<[string, Partial<KubernetesTargetOptions>, () => void, string]>([
    ['no name', { workload: 'cart' }, () => {}, 'as deployment/cart or statefulset/cart, and not "cart"'],
    ['another kind', { workload: 'job/cart' }, () => {}, 'and not a job'],
    ['no port', { port: Number.NaN }, () => {}, 'between 1 and 65535'],
    ['no address', { url: 'shop' }, () => {}, 'as http://shop.example, and not "shop"'],
    ['no such context', { context: 'moon' }, () => {}, 'There is no context "moon". There are: stand-in.'],
    [
      'no such workload',
      { workload: 'sts/cart' },
      () => {},
      'There is no statefulset/cart in the namespace shop. There are: deployment/cart.',
    ],
    ['no such namespace', { namespace: 'shoop' }, () => {}, 'There is no namespace shoop. There are: shop.'],
    [
      'one of a deployment',
      { workload: 'rs/cart-1' },
      () => {
        const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', uid: 'd', controller: true };
        cluster.put(`${apps}/replicasets`, deployment({}, { name: 'cart-1', ownerReferences: [owner] }));
      },
      'Name that one: --workload deployment/cart',
    ],
    [
      'no right to read it',
      {},
      () => void cluster.refusals.set(`${apps}/deployments/cart`, { code: 403, message: 'eve cannot get deployments' }),
      'deployment/cart in the namespace shop may not be read: eve cannot get deployments. The Role in docs',
    ],
    [
      'no right to its pods',
      {},
      () => void cluster.denied.add('watch pods').add('create pods/portforward'),
      'takes watch on pods, create on pods/portforward. The Role in docs/your-service-role.yaml',
    ],
    [
      'no pods',
      {},
      () => {
        cluster.put(`${apps}/deployments`, deployment({ replicas: 0 }));
        for (const name of ['cart-a', 'cart-b']) cluster.remove(`${shop}/pods`, name);
      },
      'deployment/cart is scaled to no pods',
    ],
    [
      'no pod ready',
      {},
      () => {
        const waiting = { reason: 'ErrImagePull', message: 'not there' };
        const containerStatuses = [{ name: 'web', state: { waiting } }] as never;
        for (const name of ['cart-a', 'cart-b'])
          cluster.put(`${shop}/pods`, pod(name, { status: { containerStatuses } }));
      },
      'No pod of deployment/cart is ready (cart-a: ErrImagePull: not there; cart-b: ErrImagePull: not there)',
    ],
    [
      'a port where nobody listens',
      { port: 3_000 },
      () => cluster.ports.clear(),
      'do not answer HTTP on port 3000: nothing listens there; they declare 8080 (http). Name the one where they do',
    ],
  ])('has a sentence for %s', async (_, options, given, sentence) => {
    given();
    await expect(open(options)).rejects.toThrow(sentence);
  });

  it('says what it cannot do for want of rights, by verb and resource', async () => {
    for (const right of ['delete pods', 'patch deployments', 'list horizontalpodautoscalers'])
      cluster.denied.add(right);
    const opened = await open();
    expect(opened).not.toHaveProperty('kill');
    expect(opened.cannot.kill).toContain('missing in the namespace shop: delete on pods.');
    expect(opened.cannot.roll).toContain('patch on deployments.apps (cart)');
    expect(opened.cannot.scale).toContain(
      'to know whether an autoscaler scales it: list on horizontalpodautoscalers.autoscaling',
    );
    expect(opened.cannot.memory).toMatch(/list on pods.metrics.k8s.io and a metrics-server: .* get on nodes\/proxy: /);
  });

  it('says what one replica cannot show, and how to have two', async () => {
    cluster.put(`${apps}/deployments`, deployment({ replicas: 1 }));
    cluster.remove(`${shop}/pods`, 'cart-b');
    const opened = await open();
    expect(opened.cannot.replicas).toContain(
      'kubectl --context stand-in --namespace shop scale deployment/cart --replicas=2',
    );
  });

  it.each([
    ['deployment/cart', deployment({ paused: true }), 'rollouts of deployment/cart are paused'],
    ['statefulset/cart', stateful({ updateStrategy: { type: 'OnDelete' } }), 'only when it is deleted'],
    [
      'statefulset/cart',
      stateful({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }),
      'from number 1 on alone',
    ],
  ])('cannot roll %s as it is made', async (workload, object, sentence) => {
    const kind = workload.split('/')[0]!;
    cluster.put(`${apps}/${kind}s`, object);
    if (kind === 'statefulset') {
      const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cart', uid: 's', controller: true };
      for (const name of ['cart-a', 'cart-b']) {
        cluster.put(`${shop}/pods`, pod(name, { metadata: { ownerReferences: [owner] } }));
      }
    }
    const opened = await open({ workload });
    expect(opened).not.toHaveProperty('roll');
    expect(opened.cannot.roll).toContain(sentence);
  });

  it('leaves alone an autoscaler that somebody else keeps, and holds its own still', async () => {
    const autoscaler = (metadata: object) => ({
      metadata: { name: 'hpa', ...metadata },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'cart' }, minReplicas: 2, maxReplicas: 6 },
    });
    const owner = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'cart', uid: 'k', controller: true };
    cluster.put(autoscalers, autoscaler({ ownerReferences: [owner] }));
    expect((await open()).cannot.scale).toContain('ScaledObject cart owns the autoscaler hpa');
    await target!.close();
    cluster.put(autoscalers, autoscaler({}));
    expect((await open()).cannot.scale).toBeUndefined();
    expect(said.at(-1)).toBe('Autoscaler: hpa (2 to 6 pods); while pods are counted it is held still');
  });
});
