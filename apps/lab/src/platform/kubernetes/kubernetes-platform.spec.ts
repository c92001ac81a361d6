import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkloadName } from '../../bank/modes.js';
import { KubernetesPlatform, type KubernetesParts } from './kubernetes-platform.js';
import { PodAccess } from './pod-access.js';
import { labels } from './target.js';
import { componentOf } from '../../bank/kubernetes/find-bank.js';

/** The second port of every pod; `onMetrics` may let the pod die over the question. */
let onMetrics: () => 'answers' | 'dies';
const admin = createServer((_, reply) => {
  if (onMetrics() === 'answers') reply.end('process_resident_memory_bytes 50\nprocess_cpu_seconds_total 2\n');
  else reply.destroy();
});

beforeAll(async () => {
  await once(admin.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void admin.close());

let pods: V1Pod[];
const workload = 'session-handoff';
const pod = (uid: string, name = 'bank-handoff-0', component: WorkloadName = workload): V1Pod => ({
  metadata: { name, uid, labels: { [labels.component]: component } },
  spec: {
    containers: [{ name: 'session', ports: [{ name: 'admin', containerPort: (admin.address() as AddressInfo).port }] }],
  },
  status: { podIP: '127.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] },
});

function platformOf(looksOnly: boolean): KubernetesPlatform {
  const cluster = { config: new KubeConfig(), inCluster: true, namespace: 'bank' };
  const watched = { pods: { all: () => pods } };
  return new KubernetesPlatform({
    cluster,
    watched,
    access: new PodAccess(cluster),
    target: { workloadOf: componentOf },
    looksOnly,
  } as unknown as KubernetesParts);
}

describe('what is read of pods', () => {
  beforeEach(() => {
    onMetrics = () => 'answers';
    pods = [pod('first')];
  });

  it('is what each says of itself, of one workload or of all', async () => {
    pods.push(pod('other', 'bank-shared-0', 'session-shared'));
    const platform = platformOf(false);
    const used = { memoryBytes: 50, cpuSeconds: 2 };
    expect([...(await platform.usage())]).toEqual([
      ['bank-handoff-0', used],
      ['bank-shared-0', used],
    ]);
    expect([...(await platform.usage(workload))]).toEqual([['bank-handoff-0', used]]);
  });

  it('leaves out one that ended meanwhile, though a successor of its name is ready', async () => {
    onMetrics = () => {
      pods = [pod('second')];
      return 'dies';
    };
    expect([...(await platformOf(false).usage())]).toEqual([]);
  });

  it('misses one that is ready and does not answer, unless this is to look alone', async () => {
    onMetrics = () => 'dies';
    await expect(platformOf(false).usage()).rejects.toThrow('bank-handoff-0 cannot be asked for /metrics');
    const looking = platformOf(true);
    expect([...(await looking.usage())]).toEqual([]);
    expect(looking.silence('bank-handoff-0')).toBe('socket hang up');
    onMetrics = () => 'answers';
    await looking.usage();
    expect(looking.silence('bank-handoff-0')).toBeUndefined();
  });
});
