import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

/** A quantity as it is written in a values file, and what Kubernetes is given. */
const quantities = [
  ['500m', '500m'],
  ['0.5', '0.5'],
  ['.5', '0.5'],
  ['1', '1'],
  ['1.', '1'],
  ['1e3', '1000'],
  ['"1e3"', '1e3'],
  ['12E-1', '1.2'],
  ['129M', '129M'],
  ['123Mi', '123Mi'],
  ['1E', '1E'],
  ['1Pi', '1Pi'],
  ['100u', '100u'],
  ['100n', '100n'],
];

(hasHelm ? describe : describe.skip)('quantities of Kubernetes', () => {
  it.each(quantities)('are taken as they are written: %s', (written, given) => {
    const yaml = `
      account: { autoscaling: { targetCPU: ${written} }, resources: { limits: { cpu: ${written} } } }
      redis: { persistence: { size: ${written} } }`;
    const chart = render({}, [], { yaml });
    const [metric] = chart.one('HorizontalPodAutoscaler', 'tellers-account').spec.metrics;
    expect(metric.resource.target.averageValue).toBe(given);
    const [container] = chart.one('Deployment', 'tellers-account').spec.template.spec.containers;
    expect(String(container.resources.limits.cpu)).toBe(given);
    const [claim] = chart.one('StatefulSet', 'tellers-redis').spec.volumeClaimTemplates;
    expect(claim.spec.resources.requests.storage).toBe(given);
  });

  it.each(['half', '-1', '1 Gi', '1gb', '1Ki5', 'e3'])('are refused where they are none: %s', (written) => {
    expect(() => render({ 'account.resources.limits.cpu': written })).toThrow("at '/account/resources/limits/cpu'");
  });

  it('keep all their digits', () => {
    const chart = render({}, [], { yaml: 'account: { resources: { limits: { memory: 268435456 } } }' });
    const [container] = chart.one('Deployment', 'tellers-account').spec.template.spec.containers;
    expect(Number(container.resources.limits.memory)).toBe(268435456);
  });
});
