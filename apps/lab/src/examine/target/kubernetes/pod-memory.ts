import { CoreV1Api, CustomObjectsApi, type V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { bounded } from '../../../platform/bounded.js';
import { whyOf } from '../../../platform/kubernetes/cluster-fault.js';
import type { Cluster } from '../../../platform/kubernetes/cluster.js';
import { mainContainer } from '../../../platform/kubernetes/pod-state.js';
import { amountOf } from '../../../platform/kubernetes/quantity.js';
import { nameOf } from '../../../platform/kubernetes/target-state.js';

/** What a container held at one moment. */
interface MemorySample {
  readonly pod: string;
  readonly container: string;
  readonly bytes: number;
  /** By the cluster's clocks, in ms. */
  readonly at: number;
}

/** Samples as old as they may be, and when by the cluster's clock they were told. */
interface MemoryAnswer {
  readonly now: number;
  readonly samples: readonly MemorySample[];
}

/** Reads what is known of the memory of these pods. */
export type MemorySource = (pods: readonly V1Pod[]) => Promise<MemoryAnswer>;

/** Above twice the time in which a metrics-server reads each pod, and tells nothing of a new one before. */
const patienceMs = 120_000;
const pauseMs = 2_000;

/** The source that the user's rights open, the one that takes least of them first; else why there is none, in a sentence. */
export async function findMemorySource(
  cluster: Cluster,
  selector: string,
  pods: readonly V1Pod[],
): Promise<MemorySource | string> {
  const faults: string[] = [];
  for (const source of [metricsServer(cluster, selector), kubeletSummary(cluster)]) {
    try {
      await source(pods.slice(0, 1));
      return source;
    } catch (error) {
      faults.push(whyOf(error));
    }
  }
  return (
    `The cluster tells nothing of the memory of pods. Its metrics API, which takes list on pods.metrics.k8s.io and a ` +
    `metrics-server: ${faults[0]}. The kubelet, which takes get on nodes/proxy: ${faults[1]}.`
  );
}

/** The memory of each pod, read after this was called: what a cluster tells is up to a quarter of a minute old. */
export async function readMemory(
  source: MemorySource,
  podsNow: () => readonly V1Pod[],
  port: number,
): Promise<ReadonlyMap<string, number>> {
  const until = Date.now() + patienceMs;
  let asked: number | undefined;
  for (;;) {
    const pods = podsNow();
    const { now, samples } = await source(pods);
    asked ??= now;
    const found = new Map(
      pods.flatMap((pod) => {
        const container = servingContainer(pod, port);
        const sample = samples.find((one) => one.pod === nameOf(pod) && one.container === container);
        return sample === undefined || sample.at <= asked! ? [] : [[nameOf(pod), sample.bytes] as const];
      }),
    );
    if (found.size === pods.length) return found;
    if (Date.now() > until) {
      const silent = pods.map(nameOf).filter((name) => !found.has(name));
      throw new Error(`The cluster told nothing new of the memory of ${silent.join(', ')} in ${patienceMs / 1_000} s.`);
    }
    await sleep(pauseMs);
  }
}

/** The one that says it listens there, else the main one: a mesh's proxy is not what is measured. */
export function servingContainer(pod: V1Pod, port: number): string | undefined {
  const listening = pod.spec?.containers.find(({ ports = [] }) => ports.some((one) => one.containerPort === port));
  return (listening ?? mainContainer(pod))?.name;
}

interface PodMetrics {
  readonly metadata: { readonly name: string };
  readonly timestamp: string;
  readonly containers: readonly { readonly name: string; readonly usage: { readonly memory: string } }[];
}

/** https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/ */
function metricsServer({ config, namespace }: Cluster, labelSelector: string): MemorySource {
  const api = config.makeApiClient(CustomObjectsApi);
  const asked = { group: 'metrics.k8s.io', version: 'v1beta1', namespace, plural: 'pods', labelSelector };
  return async () => {
    const { data, headers } = await bounded(api.listNamespacedCustomObjectWithHttpInfo(asked));
    const { items } = data as { items: readonly PodMetrics[] };
    const samples = items.flatMap(({ metadata, timestamp, containers }) =>
      containers.map(({ name, usage }) => ({
        pod: metadata.name,
        container: name,
        bytes: amountOf(usage.memory),
        at: Date.parse(timestamp),
      })),
    );
    return { now: dateOf(headers), samples };
  };
}

interface StatsSummary {
  readonly pods: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string };
    readonly containers?: readonly {
      readonly name: string;
      readonly memory?: { readonly time: string; readonly workingSetBytes?: number };
    }[];
  }[];
}

/** https://kubernetes.io/docs/reference/instrumentation/node-metrics/#summary-api-source */
function kubeletSummary({ config, namespace }: Cluster): MemorySource {
  const api = config.makeApiClient(CoreV1Api);
  return async (pods) => {
    const nodes = [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))];
    const answers = await Promise.all(
      nodes.map((name) => bounded(api.connectGetNodeProxyWithPathWithHttpInfo({ name, path: 'stats/summary' }))),
    );
    const samples = answers.flatMap(({ data }) => {
      const summary = (typeof data === 'string' ? JSON.parse(data) : data) as StatsSummary;
      return summary.pods
        .filter(({ podRef }) => podRef.namespace === namespace)
        .flatMap(({ podRef, containers = [] }) =>
          containers.flatMap(({ name, memory }) =>
            memory?.workingSetBytes === undefined
              ? []
              : [{ pod: podRef.name, container: name, bytes: memory.workingSetBytes, at: Date.parse(memory.time) }],
          ),
        );
    });
    return { now: Math.max(0, ...answers.map(({ headers }) => dateOf(headers))), samples };
  };
}

/** The end of the second in which an answer was given: HTTP tells no fractions of it. */
function dateOf(headers: Readonly<Record<string, string>>): number {
  return (Date.parse(headers['date'] ?? '') || Date.now()) + 999;
}
