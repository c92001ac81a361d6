import type { Autoscaler, ScaledObject } from '../kube-objects.js';
import {
  eventsOf,
  helmUpgrade,
  helmUpgradeJson,
  isYoung,
  kubectl,
  nameOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';

type Metric = NonNullable<Autoscaler['spec']['metrics']>[number];
type MetricRead = NonNullable<NonNullable<Autoscaler['status']>['currentMetrics']>[number];

const byCpu = 'session.autoscaling.metric=cpu';
const external = 'v1beta1.external.metrics.k8s.io';
const custom = /^v1beta[12]\.custom\.metrics\.k8s\.io$/;
/** How Go and an HTTP server say that nobody answers at an address. */
const isUnreachable = /dial tcp|no such host|connection re(fused|set)|timeout|deadline exceeded|api returned error/i;
const isUnknown = /result is empty|value list is empty/;

/**
 * Autoscalers that are to go by sessions and are not told of any. They scale by CPU alone meanwhile and take no pod away,
 * and Kubernetes calls them well: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export const sessionMetric: Rule = (snapshot) => [
  ...snapshot.scaledObjects.flatMap((object) => ofKeda(snapshot, object)),
  ...snapshot.autoscalers.flatMap((hpa) => (isBlind(hpa, 'Pods') ? [ofCustomMetrics(snapshot, hpa)] : [])),
];

/** Whether it has not read a metric of that type when it last looked. */
function isBlind({ spec, status }: Autoscaler, type: 'Pods' | 'External'): boolean {
  const read = (status?.currentMetrics ?? []).map(nameIn);
  return (spec.metrics ?? []).some((metric) => metric.type === type && !read.includes(nameIn(metric)));
}

function nameIn({ pods, external: outer }: Metric | MetricRead): string | undefined {
  return (pods ?? outer)?.metric.name;
}

function ofKeda(snapshot: ClusterSnapshot, scaled: ScaledObject): Finding[] {
  const object = nameOf(scaled);
  const paused = Object.keys(scaled.metadata.annotations ?? {}).find((one) =>
    one.startsWith('autoscaling.keda.sh/paused'),
  );
  if (paused !== undefined) {
    const next = [kubectl(snapshot, `annotate ${object} ${paused}-`)];
    return [{ level: 'aside', object, sentence: `${object} is paused: nobody changes the number of its pods.`, next }];
  }
  const hpa = snapshot.autoscalers.find(({ metadata }) =>
    metadata.ownerReferences?.some(({ kind, name }) => kind === 'ScaledObject' && name === scaled.metadata.name),
  );
  const isStarting = isYoung(snapshot, (hpa ?? scaled).metadata.creationTimestamp);
  const level = isStarting && { level: 'not yet' as const };
  if (hpa === undefined) return [{ ...level, ...withoutHpa(snapshot, scaled, object) }];
  return isBlind(hpa, 'External') ? [{ ...level, ...blindKeda(snapshot, scaled, hpa) }] : [];
}

function withoutHpa(snapshot: ClusterSnapshot, scaled: ScaledObject, object: string): Finding {
  const failed = scaled.status?.conditions?.find(({ type, status }) => type === 'Ready' && status === 'False');
  const said = [...saidOf(snapshot, scaled), ...(failed?.message === undefined ? [] : [failed.message])].slice(0, 1);
  const sentence =
    failed === undefined
      ? `Nobody scales ${scaled.spec.scaleTargetRef.name}: KEDA, which is to make an HPA of ${object}, has not looked at it.`
      : `KEDA makes no HPA of ${object}.`;
  const look = [
    `kubectl --context ${snapshot.context} get pods --all-namespaces --selector app.kubernetes.io/part-of=keda-operator`,
    kubectl(snapshot, `describe ${object}`),
  ];
  return { object, sentence, evidence: said, next: [helmUpgrade(snapshot, byCpu)], look };
}

function blindKeda(snapshot: ClusterSnapshot, scaled: ScaledObject, hpa: Autoscaler): Finding {
  const object = nameOf(scaled);
  const blind = `${object} reads no sessions`;
  const unserved = withoutApi(snapshot, (name) => name === external);
  if (unserved !== undefined) {
    const sentence = `${blind}: KEDA's metrics server ${unserved} (APIService ${external}).`;
    return { object, sentence, next: [], look: [`kubectl --context ${snapshot.context} get apiservice ${external}`] };
  }
  const evidence = [...saidOf(snapshot, scaled), ...saidOf(snapshot, hpa)].slice(0, 1);
  const url = scaled.spec.triggers.find(({ type }) => type === 'prometheus')?.metadata['serverAddress'] ?? '';
  if (evidence.some((line) => isUnreachable.test(line))) {
    const next = [
      helmUpgrade(snapshot, 'session.autoscaling.prometheusUrl=http://prometheus-operated.monitoring:9090'),
    ];
    return { object, sentence: `${blind}: Prometheus does not answer at ${url}.`, evidence, next };
  }
  if (evidence.some((line) => isUnknown.test(line))) {
    const sentence =
      `${blind}: Prometheus at ${url} knows none of its pods. Either it is not told to read them, or a NetworkPolicy ` +
      'does not let it.';
    return { object, sentence, evidence, next: beRead(snapshot, url) };
  }
  return { object, sentence: `${blind}.`, evidence, next: [], look: [kubectl(snapshot, `describe ${object}`)] };
}

/** Has Prometheus told of the pods, and let in from its namespace, which its address names. */
function beRead(snapshot: ClusterSnapshot, url: string): string[] {
  const namespace = /^https?:\/\/[^.:/]+\.([^.:/]+)/.exec(url)?.[1] ?? 'monitoring';
  const from = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }];
  return [
    helmUpgrade(snapshot, 'serviceMonitor.enabled=true'),
    helmUpgradeJson(snapshot, 'networkPolicy.monitoringFrom', from),
  ];
}

function ofCustomMetrics(snapshot: ClusterSnapshot, hpa: Autoscaler): Finding {
  const object = `hpa/${hpa.metadata.name}`;
  const level = isYoung(snapshot, hpa.metadata.creationTimestamp) && { level: 'not yet' as const };
  const unserved = withoutApi(snapshot, (name) => custom.test(name));
  const next = [helmUpgrade(snapshot, byCpu)];
  if (unserved !== undefined) {
    const sentence = `${object} reads no sessions: the custom metrics API, as prometheus-adapter serves it, ${unserved}.`;
    return { ...level, object, sentence, next, look: [`kubectl --context ${snapshot.context} get apiservices`] };
  }
  const sentence = `${object} reads no sessions: the custom metrics API knows no tellers_sessions_open of its pods.`;
  const at = `/apis/custom.metrics.k8s.io/v1beta1/namespaces/${snapshot.namespace}/pods/*/tellers_sessions_open`;
  const look = [`kubectl --context ${snapshot.context} get --raw '${at}'`];
  return { ...level, object, sentence, evidence: saidOf(snapshot, hpa).slice(0, 1), next, look };
}

/** What is wrong with an API that another program serves; undefined where it is there, or may not be looked at. */
function withoutApi({ apiServices }: ClusterSnapshot, isIt: (name: string) => boolean): string | undefined {
  if (apiServices === undefined) return undefined;
  const service = apiServices.find(({ metadata }) => isIt(metadata.name));
  if (service === undefined) return 'is not there';
  const available = service.status?.conditions?.find(({ type }) => type === 'Available');
  return available?.status === 'False' ? `does not answer: ${available.message ?? available.reason}` : undefined;
}

/** What failed of it, the newest first. */
function saidOf(snapshot: ClusterSnapshot, { metadata }: Autoscaler | ScaledObject): string[] {
  return eventsOf(snapshot, { metadata })
    .filter(({ type }) => type === 'Warning')
    .flatMap(({ message }) => message ?? [])
    .toReversed();
}
