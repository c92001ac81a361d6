import { describe, expect, it } from '@jest/globals';
import { declaredPorts, isPodOf, selectorText } from './find-workload.js';

describe('a selector', () => {
  it('is written as the API reads it', () => {
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'track', operator: 'NotIn', values: ['canary'] },
      { key: 'app', operator: 'Exists' },
      { key: 'old', operator: 'DoesNotExist' },
    ];
    expect(selectorText({ matchLabels: { app: 'cart', v: '1' }, matchExpressions })).toBe(
      'app=cart,v=1,tier in (a,b),track notin (canary),app,!old',
    );
  });
});

describe('a pod', () => {
  const owned = (kind: string, name: string, uid: string, hash?: string) => ({
    metadata: {
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid, controller: true }],
      ...(hash !== undefined && { labels: { 'pod-template-hash': hash } }),
    },
  });

  it('is of the deployment whose ReplicaSet it belongs to, and of no other whose name begins so', () => {
    const cart = { kind: 'Deployment', name: 'cart', uid: 'd' } as const;
    expect(isPodOf(cart, owned('ReplicaSet', 'cart-5f7', 'r', '5f7'))).toBe(true);
    expect(isPodOf(cart, owned('ReplicaSet', 'cart-canary-5f7', 'r', '5f7'))).toBe(false);
    expect(isPodOf(cart, owned('StatefulSet', 'cart', 'd'))).toBe(false);
    expect(isPodOf(cart, {})).toBe(false);
  });

  it('is of the statefulset or replicaset that owns it', () => {
    const cart = { kind: 'StatefulSet', name: 'cart', uid: 's' } as const;
    expect(isPodOf(cart, owned('StatefulSet', 'cart', 's'))).toBe(true);
    expect(isPodOf(cart, owned('StatefulSet', 'cart', 'another'))).toBe(false);
  });

  it('tells the ports that it declares, each once', () => {
    const containers = [{ name: 'a', ports: [{ containerPort: 80, name: 'http' }, { containerPort: 9090 }] }];
    expect(declaredPorts([{ spec: { containers } }, { spec: { containers } }])).toBe('80 (http), 9090');
  });
});
