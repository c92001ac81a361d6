/**
 * What a HorizontalPodAutoscaler does unless told otherwise: it looks each 15 s, and leaves alone what is a tenth from its
 * target or nearer. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details
 */
export const syncMs = 15_000;
const tolerance = 0.1;

/** A metric as an HPA reads it: its average over the pods, and what it aims at. */
export interface MetricOverPods {
  readonly average: number;
  readonly target: number;
}

/**
 * How many pods an HPA wants that has so many: by the metric that asks for most, and no fewer than there are, for it waits
 * minutes before it takes one away. Between bounds as it has.
 */
export function wantedPods(pods: number, metrics: readonly MetricOverPods[], most: number): number {
  const byEach = metrics.map(({ average, target }) => {
    const ratio = average / target;
    return Math.abs(ratio - 1) <= tolerance ? pods : Math.ceil(pods * ratio);
  });
  return Math.min(most, Math.max(pods, ...byEach));
}
