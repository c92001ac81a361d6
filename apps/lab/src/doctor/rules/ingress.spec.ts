import { describe, expect, it } from '@jest/globals';
import { snapshot, systemPod, workload } from '../../../test/cluster-snapshot.js';
import type { IngressClass } from '../kube-objects.js';
import { ingress } from './ingress.js';

const ingressClass = (name: string, controller: string): IngressClass => ({
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller },
});

describe('ingress', () => {
  it('installs a controller where there is none', () => {
    const [found] = ingress(snapshot({ ingressClasses: [] }));
    expect(found!.sentence).toContain('The cluster has no ingress controller');
    expect(found!.next).toEqual(['kubectl --context kind-tellers apply --filename k8s/traefik.yaml']);
  });

  it('chooses the class of a controller that the chart knows', () => {
    const ingressClasses = [
      ingressClass('nginx', 'k8s.io/ingress-nginx'),
      ingressClass('haproxy', 'haproxy.org/ingress-controller/haproxy'),
    ];
    const [found] = ingress(snapshot({ ingressClasses }));
    expect(found!.sentence).toContain(
      'names the class traefik, which is not there: nobody serves it. The cluster has nginx, haproxy.',
    );
    expect(found!.next[0]).toMatch(/--set ingress\.controller=haproxy,ingress\.className=haproxy$/);
  });

  it('tells a class whose controller is gone from one whose controller is not ready', () => {
    const [gone] = ingress(snapshot({ systemPods: [] }));
    expect(gone!.sentence).toContain('its controller is not');
    const [slow] = ingress(snapshot({ systemPods: [systemPod('traefik', false)] }));
    expect(slow!.next).toEqual([]);
    expect(slow!.look).toEqual([
      'kubectl --context kind-tellers --namespace kube-system describe pod traefik-5d4f-xyz',
    ]);
    const { metadata, ...rest } = workload('auth', 0, 0);
    const off = {
      ...rest,
      metadata: { ...metadata, name: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
    };
    const [scaled] = ingress(snapshot({ systemPods: [], systemWorkloads: [off] }));
    expect(scaled!.next).toEqual([
      'kubectl --context kind-tellers --namespace tellers scale deployment/traefik --replicas=1',
    ]);
  });

  it('finds a controller by its image, whatever its labels', () => {
    const { metadata, ...rest } = systemPod('traefik');
    const other = { ...rest, metadata: { ...metadata, labels: { app: 'edge' } } };
    const containers = [{ name: 'edge', image: 'docker.io/library/traefik:v3.7.11' }];
    expect(ingress(snapshot({ systemPods: [{ ...other, spec: { ...other.spec, containers } }] }))).toEqual([]);
  });

  it('says nothing of a controller that it does not know, or where it may not look', () => {
    const ingressClasses = [ingressClass('traefik', 'example.org/other')];
    expect(ingress(snapshot({ ingressClasses, systemPods: [] }))).toEqual([]);
    expect(ingress(snapshot({ ingressClasses: undefined }))).toEqual([]);
    expect(ingress(snapshot({ systemPods: undefined }))).toEqual([]);
  });
});
