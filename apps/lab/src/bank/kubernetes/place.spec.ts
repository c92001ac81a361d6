import { describe, expect, it } from '@jest/globals';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { placeOf } from './place.js';

const node = {
  metadata: { name: 'worker-1' },
  status: {
    capacity: { cpu: '4', memory: '8Gi' },
    nodeInfo: { osImage: 'Debian 13', kernelVersion: '6.1', kubeletVersion: 'v1.36.0' },
  },
} as unknown as V1Node;
const pod = (component: string, resources?: object): V1Pod => ({
  metadata: { labels: { 'app.kubernetes.io/component': component } },
  spec: { containers: [{ name: 'aproxy' }, { name: component, ...(resources && { resources }) }] },
});

describe('placeOf', () => {
  it('tells what each node has', () => {
    expect(placeOf([node], []).nodes).toEqual([
      { name: 'worker-1', cpu: '4', memory: '8Gi', system: 'Debian 13, Linux 6.1, Kubernetes v1.36.0' },
    ]);
  });

  it('tells what a pod of each workload requests and may take', () => {
    const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } };
    expect(placeOf([], [pod('account', resources), pod('account', resources), pod('auth')]).pods).toEqual({
      account: { requests: 'cpu 100m, memory 128Mi', limits: 'memory 256Mi' },
      auth: { requests: 'none', limits: 'none' },
    });
  });

  it('knows nothing of pods that are not the bank’s', () => {
    expect(placeOf([], [pod('database'), {}]).pods).toEqual({});
  });
});
