import { describe, expect, it } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import { bankIn, componentOf } from './find-bank.js';

const object = (component: string, release = 'tellers', namespace = 'bank') => ({
  metadata: {
    name: `${release}-${component}`,
    namespace,
    labels: { 'app.kubernetes.io/instance': release, 'app.kubernetes.io/component': component },
  },
});
const cluster = { config: new KubeConfig(), inCluster: true, namespace: undefined };
const pair = [object('auth'), object('account')];

describe('bankIn', () => {
  it('finds a release and those of its workloads that there are, by their labels', () => {
    const bank = bankIn(
      { deployments: [...pair, object('lab')], statefulSets: [object('session-sticky'), object('redis')] },
      cluster,
    );
    expect(bank).toMatchObject({ release: 'tellers', namespace: 'bank' });
    expect(bank.selector).toBe('app.kubernetes.io/name=tellers,app.kubernetes.io/instance=tellers');
    expect(Object.fromEntries(bank.workloads)).toEqual({
      auth: { kind: 'Deployment', name: 'tellers-auth' },
      account: { kind: 'Deployment', name: 'tellers-account' },
      'session-sticky': { kind: 'StatefulSet', name: 'tellers-session-sticky' },
    });
  });

  it('says how to open a bank where there is none', () => {
    expect(() => bankIn({ deployments: [], statefulSets: [] }, cluster)).toThrow(
      'helm install tellers helm/tellers --namespace tellers',
    );
    expect(() => bankIn({ deployments: [], statefulSets: [] }, { ...cluster, namespace: 'x' })).toThrow(
      'in the namespace x',
    );
  });

  it('asks which, where there are several', () => {
    const deployments = [...pair, object('auth', 'other'), object('account', 'tellers', 'second')];
    expect(() => bankIn({ deployments, statefulSets: [] }, cluster)).toThrow(
      '--namespace bank --release tellers, or --namespace bank --release other, or --namespace second --release tellers',
    );
  });

  it('says what it lacks when there are no account pods', () => {
    expect(() => bankIn({ deployments: [object('auth')], statefulSets: [] }, cluster)).toThrow(
      'modes.stateless.enabled=true',
    );
  });
});

describe('componentOf', () => {
  it('knows the workloads of the bank and nothing else', () => {
    expect(componentOf(object('session-shared'))).toBe('session-shared');
    expect(componentOf(object('redis'))).toBeUndefined();
    expect(componentOf({})).toBeUndefined();
  });
});
