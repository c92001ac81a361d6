import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const withLab = { 'lab.enabled': 'true' };

(hasHelm ? describe : describe.skip)(
  'Services and ServiceAccounts (skipped where there is no helm on the PATH)',
  () => {
    it("take the user's type and annotations, for all or for one, and keep what affinity needs", () => {
      const yaml = `
      service: { annotations: { scheme: internal } }
      session: { service: { type: LoadBalancer, annotations: { traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: lax } } }
      lab: { service: { type: NodePort } }`;
      const chart = render(withLab, [], { yaml });
      const service = (name: string) => chart.one('Service', name);
      expect(service('tellers-account').spec.type).toBe('ClusterIP');
      expect(service('tellers-account').metadata.annotations).toEqual({ scheme: 'internal' });
      expect(service('tellers-session-sticky').spec.type).toBe('LoadBalancer');
      expect(service('tellers-session-sticky').metadata.annotations).toMatchObject({
        'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true',
        'traefik.ingress.kubernetes.io/service.sticky.cookie.samesite': 'lax',
      });
      expect(service('tellers-lab').spec.type).toBe('NodePort');
      expect(service('tellers-redis').metadata.annotations).toBeUndefined();
    });

    it('give pods an account of the release, and the lab one of its own', () => {
      const chart = render(withLab);
      const accounts = chart.podSpecs().map(({ name, spec }) => [name, spec.serviceAccountName]);
      for (const [name, account] of accounts) expect(account).toBe(name === 'tellers-lab' ? name : 'tellers');
      expect(chart.all('ServiceAccount').map(({ metadata }) => metadata.name)).toEqual(['tellers', 'tellers-lab']);
      expect(chart.all('ServiceAccount').map((account) => account['automountServiceAccountToken'])).toEqual([
        false,
        false,
      ]);
    });

    it('use accounts that there are, with annotations where they are made', () => {
      const chart = render({
        ...withLab,
        'serviceAccount.create': 'false',
        'lab.serviceAccount.name': 'watcher',
        'lab.serviceAccount.annotations.role': 'arn',
      });
      expect(chart.one('Deployment', 'tellers-auth').spec.template.spec.serviceAccountName).toBe('default');
      expect(chart.one('Deployment', 'tellers-lab').spec.template.spec.serviceAccountName).toBe('watcher');
      expect(chart.all('ServiceAccount').map(({ metadata }) => metadata)).toMatchObject([
        { name: 'watcher', annotations: { role: 'arn' } },
      ]);
      const { subjects } = chart.one('RoleBinding', 'tellers-lab') as unknown as { subjects: object[] };
      expect(subjects).toMatchObject([{ name: 'watcher' }]);
    });
  },
);
