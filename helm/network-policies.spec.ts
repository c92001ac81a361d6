import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const component = 'app.kubernetes.io/component';
const doorless = { 'ingress.controller': 'none', 'modes.sticky.enabled': 'false', 'modes.shared.enabled': 'true' };
const monitoring = { 'networkPolicy.monitoringFrom[0].podSelector.matchLabels.app': 'prometheus' };
const services = ['account', 'auth', 'session-handoff', 'session-shared', 'session-sticky', 'session-unpinned'];

interface Selector {
  matchLabels: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

/** The components that a selector of this release's pods names. */
function componentsOf({ matchLabels, matchExpressions }: Selector): string[] {
  expect(matchLabels).toMatchObject({
    'app.kubernetes.io/name': 'tellers',
    'app.kubernetes.io/instance': 'tellers',
  });
  const listed = matchExpressions?.find(({ key }) => key === component)?.values ?? [];
  return [...listed, matchLabels[component] ?? []].flat().toSorted();
}

(hasHelm ? describe : describe.skip)('the network policies (skipped where there is no helm on the PATH)', () => {
  const policy = (name: string, values = {}) => render(values).one('NetworkPolicy', name).spec;
  const rules = (values = {}) => policy('tellers-services', values).ingress;
  const own = (peers: { podSelector: Selector }[]): string[] =>
    peers.flatMap(({ podSelector }) => componentsOf(podSelector));

  it('close every pod of the release, whatever is on', () => {
    expect(policy('tellers')).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'tellers', 'app.kubernetes.io/instance': 'tellers' } },
      policyTypes: ['Ingress'],
    });
  });

  it('hold for the pods of a mode that was switched off, which run on for a while', () => {
    const off = { 'modes.sticky.enabled': 'false' };
    expect(componentsOf(policy('tellers-services', off).podSelector)).toEqual(services);
    for (const name of ['tellers-auth', 'tellers-redis'])
      expect(own(policy(name, off).ingress[0].from)).toEqual(services);
  });

  it.each([
    [{}, ['kube-system', 'traefik'], 'traefik'],
    [{ 'ingress.controller': 'haproxy' }, ['haproxy-controller'], 'kubernetes-ingress'],
    [{ 'ingress.namespace': 'edge' }, ['edge'], 'traefik'],
  ])('let the controller in by its namespace and label: %j', (values, namespaces, label) => {
    const key = 'kubernetes.io/metadata.name';
    expect(rules(values)).toEqual([
      {
        ports: [{ port: 'http' }],
        from: [
          {
            namespaceSelector: { matchExpressions: [{ key, operator: 'In', values: namespaces }] },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': label } },
          },
        ],
      },
    ]);
  });

  it('let lab and monitoring read the second port, and nobody else', () => {
    const [, admin, ...others] = rules({ 'lab.enabled': 'true', ...monitoring });
    expect(admin.ports).toEqual([{ port: 'admin' }]);
    expect(own([admin.from[0]])).toEqual(['lab']);
    expect(admin.from.slice(1)).toEqual([{ podSelector: { matchLabels: { app: 'prometheus' } } }]);
    expect(others).toEqual([]);
  });

  it('let the lab and the test pod in where there is no front door, and beside whom the user names', () => {
    expect(own(rules(doorless)[0].from)).toEqual(['test', 'lab']);
    const peer = { podSelector: { matchLabels: { app: 'gateway' } } };
    const [{ from }] = rules({ ...doorless, 'networkPolicy.ingressFrom[0].podSelector.matchLabels.app': 'gateway' });
    expect(from[0]).toEqual(peer);
    expect(own(from.slice(1))).toEqual(['test', 'lab']);
  });

  it('let nobody reach the page of the lab but the front door that was given a path to it', () => {
    expect(render({ 'lab.enabled': 'true' }).names()).not.toContain('NetworkPolicy tellers-lab');
    const [rule] = policy('tellers-lab', { 'lab.enabled': 'true', 'lab.ingress.path': '/lab' }).ingress;
    expect(rule.ports).toEqual([{ port: 'page' }]);
    expect(rule.from[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'traefik' });
  });

  it('are not there when they are switched off', () => {
    expect(render({ 'networkPolicy.enabled': 'false' }).all('NetworkPolicy')).toEqual([]);
  });

  it('refuse a monitor that they would block, and say how to let it in', () => {
    const monitor = { 'serviceMonitor.enabled': 'true' };
    expect(() => render(monitor)).toThrow(/set networkPolicy\.monitoringFrom to where it runs/);
    expect(render({ ...monitor, ...monitoring }).all('ServiceMonitor')).toHaveLength(1);
    expect(render({ ...monitor, 'networkPolicy.enabled': 'false' }).all('ServiceMonitor')).toHaveLength(1);
  });
});
