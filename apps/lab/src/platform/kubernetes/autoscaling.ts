import type { V2HorizontalPodAutoscaler, V2MetricSpec, V2MetricStatus } from '@kubernetes/client-node';
import type { AutoscalerMetric, Autoscaling } from '../platform.js';
import { beforeTheLab, keeping, type SpecPart } from './before-the-lab.js';
import type { Cluster } from './cluster.js';
import { ordered } from './orders.js';
import { patched, readNow, type PatchTarget } from './patches.js';
import { amountOf, millicores } from './quantity.js';

/** What an HPA reads and wants, by the CPU and whatever else it goes by. */
export function autoscalingOf({ spec, status }: V2HorizontalPodAutoscaler): Autoscaling {
  const aim = spec?.metrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.target;
  const read = status?.currentMetrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.current;
  const inPercent = aim?.averageUtilization !== undefined;
  return {
    min: spec?.minReplicas ?? 1,
    max: spec?.maxReplicas ?? 1,
    current: status?.currentReplicas ?? 0,
    desired: status?.desiredReplicas ?? 0,
    cpu: inPercent ? (read?.averageUtilization ?? null) : inMillicores(read?.averageValue),
    target: inPercent ? (aim.averageUtilization ?? null) : inMillicores(aim?.averageValue),
    unit: inPercent ? '%' : 'm',
    others: (spec?.metrics ?? []).flatMap((metric) => otherMetric(metric, status?.currentMetrics ?? [])),
  };
}

/** Metrics of pods, of an object, or from outside (KEDA's); not CPU. */
function otherMetric(metric: V2MetricSpec, read: readonly V2MetricStatus[]): AutoscalerMetric[] {
  const name = nameIn(metric);
  if (name === undefined || name === 'cpu') return [];
  const current = read.find((one) => one.type === metric.type && nameIn(one) === name);
  const { target } = partOf(metric) as { target?: MetricAmount };
  const { current: value } = (current === undefined ? {} : partOf(current)) as { current?: MetricAmount };
  return [{ name, value: amountIn(value), target: amountIn(target) }];
}

interface MetricAmount {
  readonly averageValue?: string;
  readonly averageUtilization?: number;
  readonly value?: string;
}

function partOf({ pods, external, object, resource, containerResource }: V2MetricSpec | V2MetricStatus): object {
  return pods ?? external ?? object ?? resource ?? containerResource ?? {};
}

/** KEDA numbers its own: `s0-prometheus`. */
function nameIn(metric: V2MetricSpec | V2MetricStatus): string | undefined {
  const { metric: identifier, name } = partOf(metric) as { metric?: { name: string }; name?: string };
  return identifier?.name.replace(/^s\d+-/, '') ?? name;
}

function amountIn(amount: MetricAmount | undefined): number | null {
  if (amount?.averageUtilization !== undefined) return amount.averageUtilization;
  const quantity = amount?.averageValue ?? amount?.value;
  // Of no pods at all Kubernetes tells an average far below zero.
  return quantity === undefined || quantity.startsWith('-') ? null : amountOf(quantity);
}

function inMillicores(quantity: string | undefined): number | null {
  return quantity === undefined ? null : millicores(quantity);
}

interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Bounds that keep at least that many pods; with load an HPA may still want more, up to what it might before the lab came. */
export function atLeast(replicas: number, { maxReplicas }: Bounds): Bounds {
  return { minReplicas: replicas, maxReplicas: Math.max(replicas, maxReplicas) };
}

/** Bounds that leave an HPA nothing to want. */
export function exactly(replicas: number): Bounds {
  return { minReplicas: replicas, maxReplicas: replicas };
}

/** What the bounds of a workload's autoscaler are told by: of KEDA's HPA, which KEDA writes, the ScaledObject. */
export function boundsObject({ metadata }: V2HorizontalPodAutoscaler): PatchTarget {
  const owner = metadata?.ownerReferences?.find(({ kind }) => kind === 'ScaledObject');
  return owner === undefined
    ? { kind: 'HorizontalPodAutoscaler', name: metadata?.name ?? '' }
    : { kind: 'ScaledObject', name: owner.name };
}

/** Moves an autoscaler's bounds, and keeps its own. */
export async function moveBounds(
  cluster: Cluster,
  target: PatchTarget,
  boundsFor: (own: Bounds) => Bounds,
): Promise<void> {
  const now = await ordered(readNow(cluster, target));
  const spec = now.spec as SpecPart;
  const was = boundsIn(spec);
  const own = boundsIn({ ...spec, ...beforeTheLab(now) });
  const set = boundsFor(own);
  if (set.minReplicas === was.minReplicas && set.maxReplicas === was.maxReplicas) return;
  const annotations = keeping(now, boundsAs(target, own), boundsAs(target, set));
  await ordered(patched(cluster, target, { metadata: { annotations }, spec: boundsAs(target, set) }));
}

/** The bounds of an HPA, or of a ScaledObject. */
export function boundsIn(spec: SpecPart = {}): Bounds {
  return {
    minReplicas: spec.minReplicas ?? spec.minReplicaCount ?? 1,
    maxReplicas: spec.maxReplicas ?? spec.maxReplicaCount ?? 1,
  };
}

function boundsAs({ kind }: PatchTarget, { minReplicas, maxReplicas }: Bounds): SpecPart {
  return kind === 'ScaledObject'
    ? { minReplicaCount: minReplicas, maxReplicaCount: maxReplicas }
    : { minReplicas, maxReplicas };
}
