import type {
  Autoscaler,
  Container,
  ContainerStatus,
  Node,
  KubePod,
  KubePodSpec,
  KubeWorkload,
} from '../src/doctor/kube-objects.js';
import type { ClusterSnapshot } from '../src/doctor/cluster-snapshot.js';

/** Parts of a healthy cluster with the bank on it, as kubectl told them; a spec breaks one of them. */

export const labels = (component: string): Record<string, string> => ({
  'app.kubernetes.io/name': 'tellers',
  'app.kubernetes.io/instance': 'tellers',
  'app.kubernetes.io/component': component,
});

const ready = [{ type: 'Ready', status: 'True' }];

export function pod(component: string, { status, ...spec }: PodParts = {}): KubePod {
  const name = component === 'redis' ? 'tellers-redis-0' : `tellers-${component}-7c9f4-abcde`;
  return {
    kind: 'Pod',
    metadata: { name, namespace: 'tellers', labels: labels(component) },
    spec: { nodeName: 'tellers-worker', containers: [container(component)], ...spec },
    status: { phase: 'Running', conditions: status === undefined ? ready : [], ...status },
  };
}

type PodParts = Partial<KubePod['spec']> & { readonly status?: Partial<KubePod['status']> };

export function container(component: string): Container {
  return { name: component, image: component === 'redis' ? 'valkey/valkey:9.1.2' : 'tellers:0.1.0' };
}

/** A pod whose container waits, ended, or ended before. */
export function unwell(component: string, status: Partial<ContainerStatus>, spec: PodParts = {}): KubePod {
  const containerStatuses = [{ name: component, image: '', imageID: '', ready: false, restartCount: 0, ...status }];
  return pod(component, { ...spec, status: { phase: 'Pending', containerStatuses } });
}

/** A workload of which so many pods are ready; what its pods are made of may be given. */
export function workload(
  component: string,
  readyReplicas = 2,
  replicas = 2,
  spec?: Partial<KubePodSpec>,
): KubeWorkload {
  const kind = component === 'redis' || component.startsWith('session') ? 'StatefulSet' : 'Deployment';
  return {
    kind,
    metadata: { name: `tellers-${component}`, namespace: 'tellers', labels: labels(component), generation: 1 },
    spec: { replicas, template: { spec: { containers: [container(component)], ...spec } } },
    status: { observedGeneration: 1, replicas, readyReplicas, updatedReplicas: replicas },
  };
}

export function autoscaler(component: string, message?: string): Autoscaler {
  const condition = { type: 'ScalingActive', status: message === undefined ? 'True' : 'False' };
  return {
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: `tellers-${component}`, namespace: 'tellers', labels: labels(component) },
    spec: { scaleTargetRef: { kind: 'Deployment', name: `tellers-${component}` }, maxReplicas: 2 },
    status: { conditions: [{ ...condition, ...(message === undefined ? {} : { message }) }] },
  };
}

export function node(name: string, images: readonly string[] = [], isReady = true): Node {
  const conditions = [
    { type: 'Ready', status: isReady ? 'True' : 'Unknown', message: 'Kubelet stopped posting node status.' },
  ];
  return {
    kind: 'Node',
    metadata: { name },
    status: { conditions, images: images.map((image) => ({ names: [image] })) },
  };
}

export function systemPod(name: string, isReady = true): KubePod {
  const { spec } = pod('auth');
  return {
    kind: 'Pod',
    metadata: { name: `${name}-5d4f-xyz`, namespace: 'kube-system', labels: { 'app.kubernetes.io/name': name } },
    spec,
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
}

export function snapshot(parts: Partial<ClusterSnapshot> = {}): ClusterSnapshot {
  return {
    context: 'kind-tellers',
    namespace: 'tellers',
    release: 'tellers',
    at: Date.UTC(2026, 10, 28, 12),
    testPods: [],
    pods: [pod('account'), pod('redis')],
    workloads: [workload('account'), workload('redis', 1, 1)],
    autoscalers: [autoscaler('account')],
    scaledObjects: [],
    claims: [],
    ingresses: [
      {
        kind: 'Ingress',
        metadata: { name: 'tellers', labels: labels('ingress') },
        spec: { ingressClassName: 'traefik' },
      },
    ],
    policies: [],
    events: [],
    secretNames: ['tellers-redis', 'tellers-account', 'tellers-signing-keys'],
    nodes: [node('tellers-worker', ['docker.io/library/tellers:0.1.0'])],
    namespaces: [],
    storageClasses: [],
    ingressClasses: [
      { kind: 'IngressClass', metadata: { name: 'traefik' }, spec: { controller: 'traefik.io/ingress-controller' } },
    ],
    apiServices: [
      {
        kind: 'APIService',
        metadata: { name: 'v1beta1.metrics.k8s.io' },
        status: { conditions: [{ type: 'Available', status: 'True' }] },
      },
    ],
    systemPods: [systemPod('traefik'), systemPod('metrics-server')],
    systemWorkloads: [],
    allIngresses: [],
    previousLogs: {},
    logs: {},
    unread: [],
    ...parts,
  };
}
