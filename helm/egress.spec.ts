import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const on = { 'networkPolicy.egress.enabled': 'true', 'modes.shared.enabled': 'true', 'lab.enabled': 'true' };

interface Rule {
  ports?: { port: number }[];
  to?: { podSelector?: { matchLabels: Record<string, string> }; ipBlock?: object }[];
}

/** What a component may reach: ports, and the component or the labels of who listens there. */
function reached(component: string, values: Record<string, string> = {}): string[] {
  const { egress, policyTypes } = render({ ...on, ...values }).one('NetworkPolicy', `tellers-${component}-egress`).spec;
  expect(policyTypes).toEqual(['Egress']);
  return (egress as Rule[]).map(({ ports = [], to = [] }) => {
    const names = to.map(({ podSelector, ipBlock }) => Object.values(podSelector?.matchLabels ?? ipBlock ?? {}).at(-1));
    return `${names.join() || 'anybody'}:${ports.map(({ port }) => port).join() || 'any'}`;
  });
}

(hasHelm ? describe : describe.skip)('egress (skipped where there is no helm on the PATH)', () => {
  const names = 'anybody:53,53,5353,5353';

  it('is what the design names, for every pod, also of a mode that was switched off and runs down', () => {
    expect(reached('services')).toEqual([names, 'redis:6379', 'auth:3000']);
    expect(reached('lab')).toEqual([names, 'tellers,traefik:any', 'anybody:443,6443']);
    expect(reached('test')).toEqual([names, 'tellers,traefik:any']);
    expect(reached('redis')).toEqual([]);
    const chart = render(on);
    const selector = (name: string): object => chart.one('NetworkPolicy', `tellers-${name}`).spec.podSelector;
    expect(selector('services-egress')).toEqual(selector('services'));
  });

  it('goes to a Redis outside on its port, and nowhere else where the values say where it is', () => {
    const values = { 'redis.external.url': 'rediss://me@redis.example.com:6380/3' };
    expect(reached('services', values)).toEqual([names, 'anybody:6380', 'auth:3000']);
    expect(reached('services', { 'redis.external.url': 'redis://redis' })).toContain('anybody:6379');
    const to = { 'networkPolicy.egress.redisTo[0].ipBlock.cidr': '10.0.0.0/8' };
    expect(reached('services', { ...values, ...to })).toContain('10.0.0.0/8:6380');
  });

  it("takes the user's further rules", () => {
    expect(reached('services', { 'networkPolicy.egress.further[0].ports[0].port': '15012' }).at(-1)).toBe(
      'anybody:15012',
    );
  });

  it('is free by default, and where there are no policies at all', () => {
    for (const values of [{}, { ...on, 'networkPolicy.enabled': 'false' }]) {
      expect(render(values).names().join()).not.toContain('-egress');
    }
  });
});
