import type { Autoscaler, KubePod } from '../kube-objects.js';
import {
  componentOf,
  helmUpgrade,
  isReady,
  isYoung,
  kubectl,
  kubectlAt,
  lastingPods,
  nameOf,
  ownerOf,
  valueOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';

const api = 'v1beta1.metrics.k8s.io';

type Cause = Pick<Finding, 'sentence' | 'evidence' | 'next' | 'look'>;

/** HPAs that read `<unknown>`. One cause for all of them is told once. */
export const autoscalers: Rule = (snapshot) => {
  const blind = snapshot.autoscalers.filter((object) => complaint(object) !== undefined);
  if (blind.length === 0) return [];
  const cause = withoutMetrics(snapshot);
  if (cause === undefined) return blind.map((object) => oneBlind(snapshot, object));
  const names = blind.map(({ metadata }) => metadata.name).join(', ');
  return [
    { ...cause, object: 'horizontalpodautoscalers', sentence: `The HPAs ${names} read <unknown>: ${cause.sentence}` },
  ];
};

/** Why an HPA has no figure, in Kubernetes' words. */
function complaint({ status }: Autoscaler): string | undefined {
  const failed = status?.conditions?.find(
    ({ type, status: value, reason }) =>
      (type === 'ScalingActive' || type === 'AbleToScale') && value === 'False' && !isOfSessions(reason),
  );
  return failed === undefined ? undefined : (failed.message ?? failed.reason ?? '');
}

/** Whether what it does not read is another metric than Kubernetes' own, and a rule of its own tells why. */
function isOfSessions(reason: string | undefined): boolean {
  return reason === 'FailedGetPodsMetric' || reason === 'FailedGetExternalMetric';
}

function withoutMetrics(snapshot: ClusterSnapshot): Cause | undefined {
  const { apiServices, context, systemPods } = snapshot;
  const service = apiServices?.find(({ metadata }) => metadata.name === api);
  const apply = `kubectl --context ${context} apply --filename k8s/metrics-server.yaml`;
  if (apiServices !== undefined && service === undefined) {
    return { sentence: `the cluster has no metrics-server (no APIService ${api}).`, next: [apply] };
  }
  const available = service?.status?.conditions?.find(({ type }) => type === 'Available');
  if (available === undefined || available.status === 'True') return undefined;
  const deployment = snapshot.systemWorkloads?.find(isMetricsServer);
  if (deployment?.spec.replicas === 0) {
    const { name, namespace } = deployment.metadata;
    return {
      sentence: 'metrics-server is scaled to 0.',
      next: [`${kubectlAt(snapshot, namespace)} scale deployment/${name} --replicas=1`],
    };
  }
  const pod = systemPods?.find(isMetricsServer);
  const log = pod === undefined ? '' : (snapshot.logs[pod.metadata.name] ?? '');
  const certificate = log.split('\n').findLast((line) => /x509|certificate/.test(line));
  if (certificate !== undefined) {
    return {
      sentence:
        'metrics-server does not trust the kubelets, whose certificates they signed themselves. On a laptop it may skip that check.',
      evidence: [certificate.trim().slice(0, 300)],
      next: [
        `kubectl --context ${context} --namespace ${pod!.metadata.namespace} patch deployment metrics-server --type json --patch ` +
          `'[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--kubelet-insecure-tls"}]'`,
      ],
    };
  }
  if (pod === undefined) {
    return {
      sentence: 'metrics-server is registered and has no pod.',
      evidence: evidenceOf(available.message),
      next: [apply],
    };
  }
  const { name, namespace } = pod.metadata;
  return {
    sentence: `metrics-server does not answer${isReady(pod) ? '' : ` (its pod ${name} is not ready yet)`}.`,
    evidence: evidenceOf(available.message),
    next: [],
    look: [`${kubectlAt(snapshot, namespace)} describe pod ${name}`],
  };
}

/** Whether a pod is metrics-server's, by the label of its own chart, ours, or its older manifests. */
export function isMetricsServer({ metadata }: Pick<KubePod, 'metadata'>): boolean {
  const { labels = {} } = metadata;
  return [labels['app.kubernetes.io/name'], labels['k8s-app']].includes('metrics-server');
}

function oneBlind(snapshot: ClusterSnapshot, hpa: Autoscaler): Finding {
  const object = `hpa/${hpa.metadata.name}`;
  const message = complaint(hpa)!;
  const { kind, name } = hpa.spec.scaleTargetRef;
  const target = `${kind.toLowerCase()}/${name}`;
  const value = valueOf(componentOf(hpa) || 'account');
  if (message.includes('controlled by multiple HPAs')) {
    const sentence = `${object} does nothing, since another autoscaler scales the pods of ${target}, too.`;
    return { object, sentence, evidence: [message], next: [], look: [kubectl(snapshot, 'get hpa')] };
  }
  const missing = /missing request for (\w+)/.exec(message)?.[1];
  if (missing !== undefined) {
    const sentence = `${object} reads <unknown>: the pods of ${target} request no ${missing}, so there is nothing to take a share of.`;
    return {
      object,
      sentence,
      evidence: [message],
      next: [helmUpgrade(snapshot, `${value}.resources.requests.${missing}=50m`)],
    };
  }
  const workload = snapshot.workloads.find((candidate) => nameOf(candidate) === target);
  if (workload === undefined) {
    const sentence = `${object} is to scale ${target}, which is not there.`;
    return { object, sentence, next: [helmUpgrade(snapshot)] };
  }
  if (workload.spec.replicas === 0) {
    const sentence = `${object} is off, because ${target} is scaled to 0.`;
    return { object, sentence, next: [kubectl(snapshot, `scale ${target} --replicas=1`)] };
  }
  const { readyReplicas = 0 } = workload.status;
  if (readyReplicas === 0) {
    const sentence = `${object} reads <unknown>, because no pod of ${target} is ready yet.`;
    return { level: 'not yet', object, sentence, next: [], look: [kubectl(snapshot, `rollout status ${target}`)] };
  }
  const pods = lastingPods(snapshot).filter((pod) => ownerOf(snapshot, pod) === target);
  const times = pods.flatMap(
    ({ status }) => status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? [],
  );
  const isStarting = [hpa.metadata.creationTimestamp, ...times].some((time) => isYoung(snapshot, time));
  const sentence = `${object} reads <unknown> still: a new pod is measured about 30 s after it is ready.`;
  return {
    ...(isStarting && { level: 'not yet' as const }),
    object,
    sentence,
    evidence: [message],
    next: [],
    look: [kubectl(snapshot, `get ${object} --watch`)],
  };
}

function evidenceOf(message: string | undefined): string[] {
  return message === undefined ? [] : [message];
}
