import { describe, expect, it } from '@jest/globals';
import { autoscaler, systemPod, snapshot, workload } from '../../../test/cluster-snapshot.js';
import type { ApiService } from '../kube-objects.js';
import { autoscalers } from './autoscalers.js';

const noApi =
  'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: ' +
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';
const blind = (message: string) => [autoscaler('account', message)];
const unavailable: ApiService = {
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.k8s.io' },
  status: { conditions: [{ type: 'Available', status: 'False', message: 'endpoints have no addresses' }] },
};

describe('autoscalers', () => {
  it('says once for all HPAs that there is no metrics-server', () => {
    const found = autoscalers(snapshot({ apiServices: [], autoscalers: [...blind(noApi), autoscaler('auth', noApi)] }));
    expect(found).toHaveLength(1);
    expect(found[0]!.sentence).toBe(
      'The HPAs tellers-account, tellers-auth read <unknown>: the cluster has no metrics-server (no APIService v1beta1.metrics.k8s.io).',
    );
    expect(found[0]!.next).toEqual(['kubectl --context kind-tellers apply --filename k8s/metrics-server.yaml']);
  });

  it('reads in its log that metrics-server does not trust the kubelets', () => {
    const pod = systemPod('metrics-server', false);
    const log =
      'E1124 "Failed to scrape node" err="tls: failed to verify certificate: x509: cannot validate" node="tellers-worker"';
    const [found] = autoscalers(
      snapshot({
        apiServices: [unavailable],
        systemPods: [pod],
        logs: { [pod.metadata.name]: log },
        autoscalers: blind(noApi),
      }),
    );
    expect(found!.sentence).toContain('does not trust the kubelets');
    expect(found!.evidence).toEqual([log]);
    expect(found!.next[0]).toContain('--kubelet-insecure-tls');
  });

  it('tells a metrics-server without a pod from one that is not ready', () => {
    const gone = autoscalers(snapshot({ apiServices: [unavailable], systemPods: [], autoscalers: blind(noApi) }));
    expect(gone[0]!.sentence).toContain('has no pod');
    const slow = autoscalers(
      snapshot({
        apiServices: [unavailable],
        systemPods: [systemPod('metrics-server', false)],
        autoscalers: blind(noApi),
      }),
    );
    expect(slow[0]!.sentence).toContain('metrics-server-5d4f-xyz is not ready yet');
  });

  it('says that metrics-server is scaled to 0, and scales it', () => {
    const { metadata, ...rest } = workload('auth', 0, 0);
    const labels = { 'k8s-app': 'metrics-server' };
    const off = { ...rest, metadata: { ...metadata, name: 'metrics-server', namespace: 'kube-system', labels } };
    const [found] = autoscalers(
      snapshot({ apiServices: [unavailable], systemPods: [], systemWorkloads: [off], autoscalers: blind(noApi) }),
    );
    expect(found!.next[0]).toMatch(/--namespace kube-system scale deployment\/metrics-server --replicas=1$/);
  });

  it('tells pods that request no CPU', () => {
    const [found] = autoscalers(
      snapshot({
        autoscalers: blind('failed to get cpu utilization: missing request for cpu in container account of Pod x'),
      }),
    );
    expect(found!.sentence).toContain('the pods of deployment/tellers-account request no cpu');
    expect(found!.next[0]).toMatch(/--set account\.resources\.requests\.cpu=50m$/);
  });

  it.each<[string, ReturnType<typeof workload>[], string]>([
    ['no pod is ready yet', [workload('account', 0)], 'no pod of deployment/tellers-account is ready yet'],
    ['its target is scaled to 0', [workload('account', 0, 0)], 'is scaled to 0'],
    ['its target is gone', [], 'which is not there'],
    ['its pods are new', [workload('account')], 'measured about 30 s after'],
  ])('says when %s', (_, workloads, words) => {
    const [found] = autoscalers(
      snapshot({ workloads, autoscalers: blind('did not receive metrics for targeted pods') }),
    );
    expect(found!.sentence).toContain(words);
  });

  it('says nothing of an HPA that reads its figure', () => {
    expect(autoscalers(snapshot({ apiServices: [] }))).toEqual([]);
  });
});
