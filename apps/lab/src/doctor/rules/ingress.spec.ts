import { describe, expect, it } from '@jest/globals';
import { systemPod, snapshot } from '../../../test/cluster-snapshot.js';
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
    expect(slow!.next).toEqual([
      'kubectl --context kind-tellers --namespace kube-system describe pod traefik-5d4f-xyz',
    ]);
  });

  it('says nothing of a controller that it does not know, or where it may not look', () => {
    const ingressClasses = [ingressClass('traefik', 'example.org/other')];
    expect(ingress(snapshot({ ingressClasses, systemPods: [] }))).toEqual([]);
    expect(ingress(snapshot({ ingressClasses: undefined }))).toEqual([]);
    expect(ingress(snapshot({ systemPods: undefined }))).toEqual([]);
  });
});
