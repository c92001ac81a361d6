import { describe, expect, it } from '@jest/globals';
import { hasHelm, render, type Manifest, type Rendering } from './render.js';

const rules = (chart: Rendering): { host?: string; http: { paths: { path: string }[] } }[] =>
  chart.one('Ingress', 'tellers').spec.rules;
const testEnvironment = (chart: Rendering): Record<string, string> => {
  const { env } = chart.one('Pod', 'tellers-test').spec.containers[0];
  return Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
};

(hasHelm ? describe : describe.skip)('hosts (skipped where there is no helm on the PATH)', () => {
  it('are each served with all paths, under one certificate', () => {
    const chart = render({
      'ingress.host': 'a.example.com',
      'ingress.hosts': '{b.example.com,*.bank.example.com,a.example.com}',
      'ingress.tls.enabled': 'true',
      'ingress.tls.secretName': 'certificate',
    });
    const hosts = ['a.example.com', 'b.example.com', '*.bank.example.com'];
    expect(rules(chart).map(({ host }) => host)).toEqual(hosts);
    for (const { http } of rules(chart)) {
      expect(http.paths.map(({ path }) => path)).toEqual(['/auth', '/account', '/session']);
    }
    expect(chart.one('Ingress', 'tellers').spec.tls).toEqual([{ hosts, secretName: 'certificate' }]);
    expect(testEnvironment(chart)['HOST_HEADER']).toBe('a.example.com');
  });

  it('may be any under a wildcard, of which tests and lab ask for one', () => {
    const chart = render({ 'ingress.host': '*.example.com', 'lab.enabled': 'true' });
    expect(rules(chart).map(({ host }) => host)).toEqual(['*.example.com']);
    expect(testEnvironment(chart)['HOST_HEADER']).toBe('bank.example.com');
    expect(chart.environment('Deployment', 'tellers-lab')).toMatchObject({ BASE_URL: 'http://bank.example.com' });
  });

  it.each(['*', '*.', 'a.*.com', '**.example.com', 'https://a.example.com'])('are no %s', (host) => {
    expect(() => render({ 'ingress.host': host })).toThrow(/does not match pattern/);
    expect(() => render({ 'ingress.hosts[0]': host })).toThrow(/does not match pattern/);
  });

  it('are refused where no Ingress would have them', () => {
    const values = { 'ingress.controller': 'none', 'modes.sticky.enabled': 'false' };
    expect(() => render({ ...values, 'ingress.hosts[0]': 'a.example.com' })).toThrow(
      /hosts.* would be lost: unset them/,
    );
  });
});

(hasHelm ? describe : describe.skip)('a path prefix (skipped where there is no helm on the PATH)', () => {
  const prefixed = { 'ingress.pathPrefix': '/bank', 'lab.enabled': 'true', 'lab.ingress.path': '/lab' };

  it('stands before every path at the front door, for the services, the lab, the tests and the affinity cookie', () => {
    const chart = render({ ...prefixed, 'modes.handoff.enabled': 'true' });
    const [{ http } = { http: { paths: [] } }] = rules(chart);
    expect(http.paths.map(({ path }) => path)).toEqual([
      '/bank/auth',
      '/bank/account',
      '/bank/handoff/session',
      '/bank/session',
      '/bank/lab',
    ]);
    const services = chart.all('Deployment', 'StatefulSet').filter(({ metadata }) => !/lab|redis/.test(metadata.name));
    for (const { kind, metadata } of services) {
      expect(chart.environment(kind, metadata.name)).toMatchObject({ PATH_PREFIX: '/bank' });
    }
    expect(chart.environment('Deployment', 'tellers-lab')).toMatchObject({
      BASE_URL: 'http://traefik.kube-system/bank',
      TELLERS_PAGE_PATH: '/bank/lab',
    });
    const targets = JSON.parse(testEnvironment(chart)['TARGETS'] ?? '[]') as { url: string }[];
    expect(targets[0]?.url).toBe('http://traefik.kube-system/bank/auth');
    expect(chart.one('Service', 'tellers-session-handoff').metadata.annotations).toMatchObject({
      'traefik.ingress.kubernetes.io/service.sticky.cookie.path': '/bank',
    });
  });

  it('does not stand before the paths that pods ask each other for', () => {
    const chart = render(prefixed);
    const { JWKS_URL } = chart.environment('Deployment', 'tellers-account');
    expect(JWKS_URL).toBe('http://tellers-auth/auth/.well-known/jwks.json');
  });

  it('is nowhere by default', () => {
    const chart = render({ 'lab.enabled': 'true' });
    expect(chart.environment('Deployment', 'tellers-auth')).not.toHaveProperty('PATH_PREFIX');
    expect(JSON.stringify(chart.all('Service') satisfies Manifest[])).not.toContain('cookie.path');
  });

  it.each([
    [{ 'ingress.pathPrefix': 'bank' }, 'does not match pattern'],
    [{ 'ingress.pathPrefix': '/bank/' }, 'does not match pattern'],
    [{ 'account.env.PATH_PREFIX': '/x', 'ingress.pathPrefix': '/bank' }, 'set ingress.pathPrefix'],
    [{ ...prefixed, 'lab.ingress.path': '/account' }, 'lab.ingress.path=/account would take /bank/account'],
  ])('is refused for %j', (values, words) => {
    expect(() => render(values)).toThrow(words);
  });
});
