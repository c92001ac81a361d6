import { expect, it } from '@jest/globals';
import { labels, snapshot } from '../../../test/cluster-snapshot.js';
import type { Ingress } from '../kube-objects.js';
import { sharedHost } from './shared-host.js';

const backend = { service: { name: 'tellers-auth' } };
const bank = (namespace: string, host?: string, path = '/auth', ingressClassName = 'traefik'): Ingress => ({
  kind: 'Ingress',
  metadata: { name: 'tellers', namespace, labels: labels('ingress') },
  spec: {
    ingressClassName,
    rules: [{ ...(host !== undefined && { host }), http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
  },
});
const found = (own: Ingress, other: Ingress) => sharedHost(snapshot({ ingresses: [own], allIngresses: [own, other] }));

it('tells another bank at the same paths of the same host, and gives this one a name of its own', () => {
  const [finding] = found(bank('tellers'), bank('second'));
  expect(finding!.sentence).toContain('ingress/tellers of the namespace second both answer at /auth of any host');
  expect(finding!.next[0]).toMatch(/--set ingress\.host=tellers\.tellers\.localhost$/);
});

it('leaves alone what has another host, another path or another controller', () => {
  expect(found(bank('tellers'), bank('second', 'two.example'))).toEqual([]);
  expect(found(bank('tellers'), bank('second', undefined, '/shop'))).toEqual([]);
  expect(found(bank('tellers'), bank('second', undefined, '/auth', 'haproxy'))).toEqual([]);
});
