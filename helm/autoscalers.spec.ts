import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const at = 'networkPolicy.monitoringFrom[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name';
const monitored = { [at]: 'monitoring' };
const bySessions = { ...monitored, 'session.autoscaling.metric': 'sessions', 'modes.shared.enabled': 'true' };
const byKeda = { ...bySessions, 'session.autoscaling.prometheusUrl': 'http://prometheus.monitoring:9090' };
const byApi = { ...bySessions, 'session.autoscaling.sessionsFrom': 'custom-metrics' };
const cpu = { name: 'cpu', target: { type: 'AverageValue', averageValue: '50m' } };

(hasHelm ? describe : describe.skip)('autoscaling by sessions', () => {
  it('has KEDA ask for the sessions of a mode beside the CPU of its pods, and make no pod less of what is not known', () => {
    const chart = render({ ...byKeda, 'session.autoscaling.targetSessions': '2000000' });
    const { spec } = chart.one('ScaledObject', 'tellers-session-sticky');
    expect(spec).toMatchObject({
      scaleTargetRef: { kind: 'StatefulSet', name: 'tellers-session-sticky' },
      minReplicaCount: 2,
      maxReplicaCount: 6,
    });
    expect(spec.triggers).toEqual([
      { type: 'cpu', metricType: 'AverageValue', metadata: { value: '50m' } },
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: 'http://prometheus.monitoring:9090',
          query: 'sum(tellers_sessions_open{namespace="default",pod=~"tellers-session-sticky-.+"})',
          threshold: '2000000',
          ignoreNullValues: 'false',
        },
      },
    ]);
    expect(chart.names()).not.toContain('HorizontalPodAutoscaler tellers-session-sticky');
  });

  it('adds pods and takes them away as fast as by CPU, whoever makes the HPA', () => {
    const { behavior } = render().one('HorizontalPodAutoscaler', 'tellers-session-sticky').spec;
    const { advanced } = render(byKeda).one('ScaledObject', 'tellers-session-sticky').spec;
    expect(advanced.horizontalPodAutoscalerConfig.behavior).toEqual(behavior);
    expect(render(byApi).one('HorizontalPodAutoscaler', 'tellers-session-sticky').spec.behavior).toEqual(behavior);
  });

  it('has an HPA read a metric of the pods where the custom metrics API tells it', () => {
    expect(render(byApi).one('HorizontalPodAutoscaler', 'tellers-session-sticky').spec.metrics).toEqual([
      { type: 'Resource', resource: cpu },
      {
        type: 'Pods',
        pods: {
          metric: { name: 'tellers_sessions_open' },
          target: { type: 'AverageValue', averageValue: '1000' },
        },
      },
    ]);
  });

  it('goes by CPU where pods hold no sessions, and for values that an earlier chart has kept', () => {
    const metricsOf = (chart: ReturnType<typeof render>, name: string): unknown =>
      chart.one('HorizontalPodAutoscaler', name).spec.metrics;
    const chart = render(byKeda);
    for (const name of ['tellers-account', 'tellers-auth', 'tellers-session-shared']) {
      expect(metricsOf(chart, name)).toEqual([
        { type: 'Resource', resource: expect.objectContaining({ name: 'cpu' }) },
      ]);
    }
    const earlier = render({
      'session.autoscaling.metric': 'null',
      'session.autoscaling.sessionsFrom': 'null',
      'session.autoscaling.prometheusUrl': 'null',
    });
    expect(metricsOf(earlier, 'tellers-session-sticky')).toEqual([{ type: 'Resource', resource: cpu }]);
  });

  it("lets the lab move KEDA's bounds where these are what counts, and an HPA's elsewhere", () => {
    const patched = (values: Record<string, string>): unknown =>
      (render({ ...values, 'lab.enabled': 'true' }).one('Role', 'tellers-lab')['rules'] as Record<string, string[]>[])
        .filter(({ verbs, resources }) => verbs!.includes('patch') && /scaled|autoscalers/.test(resources!.join()))
        .map(({ apiGroups, resourceNames }) => [apiGroups!.join(), resourceNames]);
    expect(patched(byKeda)).toEqual([
      ['autoscaling', ['tellers-auth', 'tellers-account', 'tellers-session-shared']],
      ['keda.sh', ['tellers-session-sticky']],
    ]);
    expect(patched(monitored)).toEqual([
      ['autoscaling', ['tellers-auth', 'tellers-account', 'tellers-session-sticky']],
    ]);
  });

  it.each([
    ['without a place to ask', bySessions, /set session\.autoscaling\.prometheusUrl/],
    [
      'from a Prometheus that may not read the pods',
      { 'session.autoscaling.metric': 'sessions', 'session.autoscaling.sessionsFrom': 'custom-metrics' },
      /session\.autoscaling\.metric=sessions needs Prometheus .* set networkPolicy\.monitoringFrom/s,
    ],
    ['by what there is not', { 'session.autoscaling.metric': 'memory' }, /metric/],
  ])('is refused %s', (_, values, words) => {
    expect(() => render(values)).toThrow(words);
  });
});
