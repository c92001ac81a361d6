import { describe, expect, it } from '@jest/globals';
import { hasHelm, render, type Manifest, type Rendering } from './render.js';

const everything = { 'modes.shared.enabled': 'true', 'lab.enabled': 'true' };

/** Pod templates by component. */
function templates(chart: Rendering): Record<string, Manifest['spec']> {
  const found = chart
    .all('Deployment', 'StatefulSet')
    .map(({ metadata, spec }) => [metadata.name.slice(8), spec.template]);
  return Object.fromEntries(found);
}
const ofYaml = (yaml: string) => templates(render(everything, [], { yaml }));

(hasHelm ? describe : describe.skip)('pods (skipped where there is no helm on the PATH)', () => {
  it.each([
    ['nodeSelector', { disk: 'ssd' }, { disk: 'none' }],
    ['tolerations', [{ key: 'a', operator: 'Exists' }], [{ key: 'b', operator: 'Exists' }]],
    ['affinity', { podAntiAffinity: {} }, { nodeAffinity: {} }],
    ['priorityClassName', 'high', 'low'],
  ])('have the common %s, and a workload its own in place of it', (name, common, own) => {
    const found = ofYaml(JSON.stringify({ [name]: common, redis: { [name]: own }, auth: { [name]: own } }));
    for (const component of ['account', 'session-sticky', 'session-shared', 'lab']) {
      expect(found[component].spec[name]).toEqual(common);
    }
    for (const component of ['redis', 'auth']) expect(found[component].spec[name]).toEqual(own);
    for (const { spec } of Object.values(ofYaml('{}'))) expect(spec).not.toHaveProperty(name);
  });

  it('have further labels and annotations, for all or for one workload, beside those that the chart needs', () => {
    const found = ofYaml(`
      podLabels: { team: bank }
      podAnnotations: { note: common }
      session: { podLabels: { team: sessions }, podAnnotations: { note: own } }`);
    expect(found['account'].metadata.labels).toMatchObject({ team: 'bank', 'app.kubernetes.io/component': 'account' });
    expect(found['session-shared'].metadata.labels).toMatchObject({ team: 'sessions' });
    expect(found['lab'].metadata.annotations).toMatchObject({
      note: 'common',
      'checksum/workloads': expect.any(String),
    });
    expect(found['session-shared'].metadata.annotations).toMatchObject({ note: 'own' });
    expect(() => render({ 'podLabels.app\\.kubernetes\\.io/component': 'x' })).toThrow(/app.kubernetes.io\/component/);
  });

  it('have the restricted security contexts with uid and gid above those of a node, until the values say otherwise', () => {
    for (const { spec } of Object.values(ofYaml('{}'))) {
      expect(spec.securityContext).toMatchObject({ runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 });
    }
    const openShift = ofYaml(
      'podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null, fsGroupChangePolicy: null }',
    );
    for (const { spec } of Object.values(openShift)) {
      expect(spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    }
    const own = ofYaml('redis: { podSecurityContext: { fsGroup: 7 }, securityContext: {} }');
    expect(own['redis'].spec.securityContext).toEqual({ fsGroup: 7 });
    expect(own['redis'].spec.containers[0]).not.toHaveProperty('securityContext');
    expect(own['auth'].spec.containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  });

  it('are spread over nodes, by the constraints of the user where there are some', () => {
    const mine = { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    const whole = { ...mine, labelSelector: { matchLabels: { a: 'b' } } };
    const found = ofYaml(
      JSON.stringify({ topologySpreadConstraints: [mine, whole], redis: { topologySpreadConstraints: [] } }),
    );
    const matchLabels = {
      'app.kubernetes.io/name': 'tellers',
      'app.kubernetes.io/instance': 'tellers',
      'app.kubernetes.io/component': 'account',
    };
    expect(found['account'].spec.topologySpreadConstraints).toEqual([
      { ...mine, labelSelector: { matchLabels }, matchLabelKeys: ['pod-template-hash'] },
      whole,
    ]);
    expect(found['redis'].spec).not.toHaveProperty('topologySpreadConstraints');
  });

  it('mount further volumes beside their secrets', () => {
    const found = ofYaml(`
      extraVolumes: [{ name: certificates, configMap: { name: mine } }]
      extraVolumeMounts: [{ name: certificates, mountPath: /certificates }]
      lab: { extraVolumes: [], extraVolumeMounts: [] }`);
    for (const component of ['auth', 'session-sticky', 'redis']) {
      const { volumes, containers } = found[component].spec;
      expect(volumes.at(-1)).toEqual({ name: 'certificates', configMap: { name: 'mine' } });
      expect(containers[0].volumeMounts.at(-1)).toEqual({ name: 'certificates', mountPath: '/certificates' });
    }
    expect(JSON.stringify(found['lab'])).not.toContain('certificates');
  });

  it('of a StatefulSet are named by a headless Service that there is', () => {
    const chart = render(everything);
    for (const { spec } of chart.all('StatefulSet')) {
      expect(chart.one('Service', spec.serviceName).spec.clusterIP).toBe('None');
    }
  });
});
