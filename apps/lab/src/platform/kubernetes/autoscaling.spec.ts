import { describe, expect, it } from '@jest/globals';
import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { atLeast, autoscalingOf, exactly } from './autoscaling.js';

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

describe('bounds that the lab moves', () => {
  it('let the desired number be, and stay above it where they were', () => {
    const own = { minReplicas: 2, maxReplicas: 10 };
    expect(atLeast(3, own)).toEqual({ minReplicas: 3, maxReplicas: 10 });
    expect(atLeast(12, own)).toEqual({ minReplicas: 12, maxReplicas: 12 });
    expect(exactly(3)).toEqual({ minReplicas: 3, maxReplicas: 3 });
  });
});
