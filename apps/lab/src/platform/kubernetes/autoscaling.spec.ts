import { describe, expect, it } from '@jest/globals';
import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { atLeast, autoscalingOf, boundsIn, boundsObject, exactly } from './autoscaling.js';

const hpa = (target: object, current?: object): V2HorizontalPodAutoscaler => ({
  spec: {
    scaleTargetRef: { kind: 'Deployment', name: 'account' },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: '', ...target } } }],
  },
  status: {
    currentReplicas: 2,
    desiredReplicas: 4,
    currentMetrics:
      current === undefined ? (null as never) : [{ type: 'Resource', resource: { name: 'cpu', current } }],
  },
});

describe('autoscalingOf', () => {
  it('reads CPU in thousandths of a core', () => {
    expect(autoscalingOf(hpa({ averageValue: '50m' }, { averageValue: '85m', averageUtilization: 170 }))).toEqual({
      min: 2,
      max: 10,
      current: 2,
      desired: 4,
      cpu: 85,
      target: 50,
      unit: 'm',
      others: [],
    });
  });

  it('reads CPU in percent of what pods request', () => {
    const read = autoscalingOf(hpa({ averageUtilization: 60 }, { averageValue: '85m', averageUtilization: 170 }));
    expect(read).toMatchObject({ cpu: 170, target: 60, unit: '%' });
  });

  it('knows nothing of CPU while there are no metrics', () => {
    expect(autoscalingOf(hpa({ averageValue: '50m' }))).toMatchObject({ cpu: null, target: 50 });
    expect(autoscalingOf({})).toMatchObject({ current: 0, desired: 0, cpu: null, target: null });
  });
});

describe('what an HPA goes by beside CPU', () => {
  it('is read with its name, whoever measures it', () => {
    const read = autoscalingOf({
      spec: {
        scaleTargetRef: { kind: 'StatefulSet', name: 'session' },
        maxReplicas: 6,
        metrics: [
          { type: 'Pods', pods: { metric: { name: 'tellers_sessions_open' }, target: { type: 'AverageValue', averageValue: '1k' } } }, // prettier-ignore
          { type: 'External', external: { metric: { name: 's1-prometheus' }, target: { type: 'AverageValue', averageValue: '500' } } }, // prettier-ignore
          { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
        ],
      },
      status: {
        currentReplicas: 2,
        desiredReplicas: 3,
        currentMetrics: [
          { type: 'Pods', pods: { metric: { name: 'tellers_sessions_open' }, current: { averageValue: '1250500m' } } },
          { type: 'External', external: { metric: { name: 's1-prometheus' }, current: { averageValue: '-9223372036854775808m' } } }, // prettier-ignore
          { type: 'Resource', resource: { name: 'memory', current: { averageUtilization: 41, averageValue: '9Mi' } } },
        ],
      },
    });
    expect(read).toMatchObject({ cpu: null, target: null });
    expect(read.others).toEqual([
      { name: 'tellers_sessions_open', value: 1_250.5, target: 1_000 },
      { name: 'prometheus', value: null, target: 500 },
      { name: 'memory', value: 41, target: 80 },
    ]);
  });
});

describe('bounds that the lab moves', () => {
  it("are the HPA's own, or those of the ScaledObject that KEDA makes it of, and would undo the HPA's by", () => {
    const named = { metadata: { name: 'keda-hpa-session' } };
    expect(boundsObject(named)).toEqual({ kind: 'HorizontalPodAutoscaler', name: 'keda-hpa-session' });
    const owner = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'session', uid: '1' };
    const made = { metadata: { ...named.metadata, ownerReferences: [owner] } };
    expect(boundsObject(made)).toEqual({ kind: 'ScaledObject', name: 'session' });
    const own = { minReplicas: 2, maxReplicas: 6 };
    expect([boundsIn(own), boundsIn({ minReplicaCount: 2, maxReplicaCount: 6 })]).toEqual([own, own]);
  });

  it('let the desired number be, and stay above it where they were', () => {
    const own = { minReplicas: 2, maxReplicas: 10 };
    expect(atLeast(3, own)).toEqual({ minReplicas: 3, maxReplicas: 10 });
    expect(atLeast(12, own)).toEqual({ minReplicas: 12, maxReplicas: 12 });
    expect(exactly(3)).toEqual({ minReplicas: 3, maxReplicas: 3 });
  });
});
