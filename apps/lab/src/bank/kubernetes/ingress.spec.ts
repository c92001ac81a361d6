import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../platform/kubernetes/cluster.js';
import { addressesOf, findIngress } from './ingress.js';
import type { KubernetesTarget } from '../../platform/kubernetes/target.js';

const workloads = ['auth', 'account', 'session-shared'] as const;
const bank = {
  release: 'bank',
  workloads: new Map(workloads.map((name) => [name, {}])),
} as unknown as KubernetesTarget;
const podsOf = (workload: string) => [`${workload}-0`];
const balancer = { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } };

describe('addressesOf', () => {
  it('begins with the host that the Ingress has, by TLS where it has a certificate', () => {
    const rules = [{ host: 'bank.example.com' }];
    expect(addressesOf([{ spec: { rules }, status: balancer }])[0]).toBe('http://bank.example.com');
    expect(addressesOf([{ spec: { rules, tls: [{}] } }])).toEqual([
      'https://bank.example.com',
      'https://127.0.0.1:8443',
    ]);
  });

  it('takes the address of the load balancer where any host is served, and where kind maps it at last', () => {
    expect(addressesOf([{ spec: { rules: [{}] }, status: balancer }])).toEqual([
      'http://10.0.0.7',
      'http://127.0.0.1:8080',
    ]);
    expect(addressesOf([{ spec: { rules: [{ host: '*.example.com' }] } }])).toEqual(['http://127.0.0.1:8080']);
  });

  it('takes the path prefix that the Ingress has before every path, on each of its hosts', () => {
    const paths = ['/lab', '/bank/auth', '/bank/session'].map((path) => ({ path, pathType: 'Prefix', backend: {} }));
    const rules = ['a.example.com', 'b.example.com'].map((host) => ({ host, http: { paths } }));
    expect(addressesOf([{ spec: { rules } }])).toEqual([
      'http://a.example.com/bank',
      'http://b.example.com/bank',
      'http://127.0.0.1:8080/bank',
    ]);
  });

  it('has none where there is no Ingress', () => {
    expect(addressesOf([])).toEqual([]);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

(hasOpenssl ? describe : describe.skip)('a front door with a certificate of its own', () => {
  it('is not trusted, and it is said how it would be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tellers-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    spawnSync('openssl', [...request, '-subj', '/CN=localhost', '-keyout', key, '-out', cert]);
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(findIngress({ inCluster: true } as Cluster, bank, podsOf, address)).rejects.toThrow(
      /is not trusted \(.*self.signed.*\): name the file .* in NODE_EXTRA_CA_CERTS/,
    );
    server.close();
  }, 15_000);
});

describe('a front door that follows its Ingress some time later', () => {
  const answers = new Map<string, string>();
  const server = createHttpServer(({ url }, response) => {
    const pod = answers.get(url!);
    response.writeHead(pod === undefined ? 404 : 401, pod === undefined ? {} : { 'x-served-by': `${pod}/boot` }).end();
  });
  let address: string;
  const found = () => findIngress({ inCluster: true } as Cluster, bank, podsOf, address);
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    answers.clear();
    answers.set('/auth/.well-known/jwks.json', 'auth-0').set('/account', 'account-0');
  });

  it.each([
    ['another bank that takes any host answers', 'other-session-shared-0'],
    ['nobody answers', undefined],
  ])('is found once each path leads to this bank, where first %s', async (_, first) => {
    if (first !== undefined) answers.set('/shared/session', first);
    const early = await Promise.race([found(), sleep(1_000, 'not yet')]);
    answers.set('/shared/session', 'session-shared-0');
    expect([early, await found()]).toEqual(['not yet', address]);
  });

  it('is said to be no front door of this bank where a path goes on leading elsewhere', async () => {
    answers.set('/shared/session', 'other-session-shared-0');
    await expect(found()).rejects.toThrow(
      'is another bank at /shared/session (its pod other-session-shared-0 answers)',
    );
    answers.delete('/shared/session');
    await expect(found()).rejects.toThrow('answers 404 at /shared/session, and not from a pod of a bank');
  }, 15_000);
});
