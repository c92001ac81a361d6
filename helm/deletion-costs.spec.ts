import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const deployment = { 'session.workload': 'deployment', 'modes.handoff.enabled': 'true' };
const egress = { 'networkPolicy.egress.enabled': 'true' };

(hasHelm ? describe : describe.skip)('modes as a Deployment', () => {
  it('have pods that may tell their own sessions, each mode with one autoscaler that takes one pod a minute', () => {
    const chart = render(deployment);
    for (const mode of ['sticky', 'handoff']) {
      const { spec } = chart.one('Deployment', `tellers-session-${mode}`);
      expect(spec.template.spec).toMatchObject({
        serviceAccountName: 'tellers-session',
        automountServiceAccountToken: true,
      });
      expect(spec.template.spec.containers[0].env).toContainEqual({
        name: 'DELETION_COST_NAMESPACE',
        valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
      });
      const { behavior, scaleTargetRef } = chart.one('HorizontalPodAutoscaler', `tellers-session-${mode}`).spec;
      expect(scaleTargetRef.kind).toBe('Deployment');
      expect(behavior.scaleDown.policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: 60 }]);
    }
    expect(chart.one('Role', 'tellers-session')['rules']).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['patch'] },
    ]);
    expect(chart.one('RoleBinding', 'tellers-session')['subjects']).toEqual([
      { kind: 'ServiceAccount', name: 'tellers-session', namespace: 'default' },
    ]);
  });

  it('leave every other pod without a token, and without the account that has the right', () => {
    const chart = render(deployment);
    for (const name of ['tellers-account', 'tellers-auth']) {
      expect(chart.one('Deployment', name).spec.template.spec).toMatchObject({
        serviceAccountName: 'tellers',
        automountServiceAccountToken: false,
      });
    }
  });

  it('reach the API of the cluster where pods may connect to nothing but what is named', () => {
    const [policy, ...others] = render({ ...deployment, ...egress })
      .all('NetworkPolicy')
      .filter(({ metadata }) => metadata.name === 'tellers-session-egress');
    expect(others).toEqual([]);
    expect(policy!.spec.egress).toEqual([{ ports: [{ port: 443 }, { port: 6443 }] }]);
    expect(render(egress).names()).not.toContain('NetworkPolicy tellers-session-egress');
  });

  it('are held to their own pod by a policy of the cluster, if asked for', () => {
    const name = 'default-tellers-own-pod';
    expect(render(deployment).names()).not.toContain(`ValidatingAdmissionPolicy ${name}`);
    const chart = render({ ...deployment, 'session.ownPodPolicy': 'true' });
    expect(chart.one('ValidatingAdmissionPolicy', name).spec.matchConditions[0].expression).toContain(
      'system:serviceaccount:default:tellers-session',
    );
    expect(chart.one('ValidatingAdmissionPolicyBinding', name).spec.validationActions).toEqual(['Deny']);
  });

  it.each([
    [
      'an account that all pods of the namespace have',
      { ...deployment, 'serviceAccount.create': 'false' },
      /serviceAccount\.name/,
    ],
    ['a policy for pods that may do nothing', { 'session.ownPodPolicy': 'true' }, /session\.workload=deployment/],
  ])('are refused with %s', (_, values, words) => {
    expect(() => render(values)).toThrow(words);
  });
});
