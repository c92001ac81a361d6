import { describe, expect, it } from '@jest/globals';
import { autoscaler, labels, snapshot } from '../../../test/cluster-snapshot.js';
import type { ClusterSnapshot } from '../cluster-snapshot.js';
import type { ApiService, Autoscaler, KubeEvent, ScaledObject } from '../kube-objects.js';
import { autoscalers } from './autoscalers.js';
import { sessionMetric } from './session-metric.js';

const scaled: ScaledObject = {
  kind: 'ScaledObject',
  metadata: { name: 'tellers-session-sticky', uid: 's', labels: labels('session-sticky') },
  spec: {
    scaleTargetRef: { kind: 'StatefulSet', name: 'tellers-session-sticky' },
    triggers: [{ type: 'prometheus', metadata: { serverAddress: 'http://prometheus.monitoring:9090' } }],
  },
};
const target = { type: 'AverageValue', averageValue: '1k' };

/** An HPA that is to read a metric of its pods, or from outside, and whether it has. */
function hpa(part: 'pods' | 'external', name: string, hasRead: boolean, named: object = {}): Autoscaler {
  const one = autoscaler('session-sticky');
  const type = part === 'pods' ? 'Pods' : 'External';
  const read = { type, [part]: { metric: { name }, current: { averageValue: '900' } } };
  return {
    ...one,
    metadata: { ...one.metadata, uid: 'h', ...named },
    spec: { ...one.spec, metrics: [{ type, [part]: { metric: { name }, target } }] },
    // Of a metric that it could not read Kubernetes leaves an empty one.
    status: { ...one.status, currentMetrics: [hasRead ? read : { type: '' }] },
  };
}

const ofKeda = (hasRead: boolean): Autoscaler =>
  hpa('external', 's1-prometheus', hasRead, {
    name: 'keda-hpa-tellers-session-sticky',
    ownerReferences: [{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: scaled.metadata.name, uid: 's' }],
  });
const served: ApiService = { kind: 'APIService', metadata: { name: 'v1beta1.external.metrics.k8s.io' } };
const failed = (message: string): KubeEvent => ({
  kind: 'Event',
  metadata: { name: 'e' },
  involvedObject: { name: scaled.metadata.name, uid: 's' },
  type: 'Warning',
  reason: 'KEDAScalerFailed',
  message,
});
const keda = (parts: Partial<ClusterSnapshot> = {}): ClusterSnapshot =>
  snapshot({ scaledObjects: [scaled], autoscalers: [ofKeda(false)], apiServices: [served], ...parts });

describe('an autoscaler that is to go by sessions', () => {
  it('is well when it has read them, by whomever', () => {
    expect(sessionMetric(keda({ autoscalers: [ofKeda(true)] }))).toEqual([]);
    expect(sessionMetric(snapshot({ autoscalers: [hpa('pods', 'tellers_sessions_open', true)] }))).toEqual([]);
  });

  it.each<[string, Partial<ClusterSnapshot>, RegExp, RegExp]>([
    [
      'KEDA that is not there',
      { autoscalers: [] },
      /^Nobody scales tellers-session-sticky: KEDA/,
      /session\.autoscaling\.metric=cpu$/,
    ],
    [
      'KEDA that makes nothing of it',
      {
        autoscalers: [],
        scaledObjects: [
          { ...scaled, status: { conditions: [{ type: 'Ready', status: 'False', message: 'no such' }] } },
        ],
      },
      /^KEDA makes no HPA of scaledobject\/tellers-session-sticky\.$/,
      /session\.autoscaling\.metric=cpu$/,
    ],
    [
      'Prometheus that is elsewhere',
      {
        events: [
          failed(
            'Get "http://prometheus.monitoring:9090/api": dial tcp: lookup prometheus.monitoring on 10.96.0.10:53: server misbehaving',
          ),
        ],
      },
      /Prometheus does not answer at http:\/\/prometheus\.monitoring:9090\.$/,
      /--set session\.autoscaling\.prometheusUrl=http/,
    ],
    [
      'Prometheus that reads no pod',
      { events: [failed("prometheus metrics 'prometheus' target may be lost, the result is empty")] },
      /knows none of its pods/,
      /"kubernetes\.io\/metadata\.name":"monitoring"/,
    ],
    [
      'somebody who has paused it',
      {
        scaledObjects: [
          { ...scaled, metadata: { ...scaled.metadata, annotations: { 'autoscaling.keda.sh/paused': 'true' } } },
        ],
      },
      /is paused/,
      /annotate scaledobject\/tellers-session-sticky autoscaling\.keda\.sh\/paused-$/,
    ],
  ])('is told of %s, with what mends it', (_, parts, words, command) => {
    const [found, ...more] = sessionMetric(keda(parts));
    expect(more).toEqual([]);
    expect(found!.sentence).toMatch(words);
    expect(found!.next.some((one) => command.test(one))).toBe(true);
  });

  it("tells KEDA's metrics server that is gone, and what Kubernetes says where nothing else is known", () => {
    expect(sessionMetric(keda({ apiServices: [] }))[0]!.sentence).toMatch(/metrics server is not there/);
    const message = 'unable to get external metric tellers/s1-prometheus';
    const [found] = sessionMetric(
      keda({ events: [{ ...failed(message), involvedObject: { name: 'keda-hpa-tellers-session-sticky', uid: 'h' } }] }),
    );
    expect(found).toMatchObject({
      sentence: 'scaledobject/tellers-session-sticky reads no sessions.',
      evidence: [message],
    });
  });

  it('tells a custom metrics API that is not there from one that knows nothing', () => {
    const blind = { autoscalers: [hpa('pods', 'tellers_sessions_open', false)] };
    expect(sessionMetric(snapshot({ ...blind, apiServices: [] }))[0]!.sentence).toMatch(
      /prometheus-adapter serves it, is not there/,
    );
    const api: ApiService = { kind: 'APIService', metadata: { name: 'v1beta1.custom.metrics.k8s.io' } };
    expect(sessionMetric(snapshot({ ...blind, apiServices: [api] }))[0]!.sentence).toMatch(
      /knows no tellers_sessions_open/,
    );
  });

  it('is not there yet in its first minute', () => {
    const { at } = snapshot();
    const young = {
      ...scaled,
      metadata: { ...scaled.metadata, creationTimestamp: new Date(at - 9_000).toISOString() },
    };
    expect(sessionMetric(keda({ autoscalers: [], scaledObjects: [young] }))[0]!.level).toBe('not yet');
  });

  it('is no concern of the rule about CPU, but where another autoscaler is in its way', () => {
    const condition = { type: 'ScalingActive', status: 'False', reason: 'FailedGetExternalMetric', message: 'no' };
    const blind = { ...ofKeda(false), status: { conditions: [condition] } };
    expect(autoscalers(snapshot({ autoscalers: [blind] }))).toEqual([]);
    const twice = 'pods by selector app=x are controlled by multiple HPAs: [tellers/a tellers/b]';
    const two = { ...blind, status: { conditions: [{ ...condition, reason: 'AmbiguousSelector', message: twice }] } };
    expect(autoscalers(snapshot({ autoscalers: [two] }))[0]!.sentence).toMatch(/another autoscaler scales/);
  });
});
