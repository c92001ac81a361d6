import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const replicas = (values: Record<string, string>): unknown =>
  render(values).one('StatefulSet', 'tellers-session-sticky').spec.replicas;

// What lives on a cluster decides over what an upgrade renders: apps/lab/test/cluster/release-life.cluster-spec.ts.
(hasHelm ? describe : describe.skip)('the number of pods of a first install', () => {
  it("is the autoscaler's least, at once", () => {
    expect(replicas({})).toBe(2);
    expect(replicas({ 'session.autoscaling.minReplicas': '3', 'session.replicas': '5' })).toBe(3);
  });

  it('is fixed where autoscaling is off', () => {
    expect(replicas({ 'session.autoscaling.enabled': 'false', 'session.replicas': '5' })).toBe(5);
  });

  it('is left to whoever else sets it', () => {
    expect(replicas({ 'session.replicas': 'null' })).toBeUndefined();
    const own = { 'session.replicas': 'null', 'session.autoscaling.enabled': 'false' };
    expect(replicas(own)).toBeUndefined();
    expect(render(own).names()).not.toContain('HorizontalPodAutoscaler tellers-session-sticky');
  });
});
