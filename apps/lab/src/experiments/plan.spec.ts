import { describe, expect, it } from '@jest/globals';
import type { Platform } from '../platform/platform.js';
import type { Experiment } from './experiment.js';
import { planOf } from './plan.js';

const experiment = (more: Partial<Experiment>): Experiment => more as Experiment;
const platform = { name: 'kubernetes' } as Platform;
const run = { rounds: 5, modes: ['stateless', 'sticky'], platform, quick: false } as const;

describe('what a run makes of an experiment', () => {
  it('is no more rounds than it takes on that platform', () => {
    expect(planOf(experiment({ rounds: 2 }), run).rounds).toBe(2);
    expect(planOf(experiment({ rounds: { local: 2, kubernetes: 1 } }), run).rounds).toBe(1);
    expect(planOf(experiment({ rounds: 9 }), run).rounds).toBe(5);
  });

  it('measures modes at the same time where it may', () => {
    expect(planOf(experiment({}), run).width).toBe(1);
    expect(planOf(experiment({ together: 'always' }), run).width).toBe(2);
    expect(planOf(experiment({ together: 'quick' }), run).width).toBe(1);
    expect(planOf(experiment({ together: 'quick' }), { ...run, quick: true }).width).toBe(2);
    const few = experiment({ together: 'always', togetherOnCluster: 1 });
    expect(planOf(few, run).width).toBe(1);
    expect(planOf(few, { ...run, platform: { name: 'local' } as Platform }).width).toBe(2);
  });

  it('is of no mode where the bank has none that it is about', () => {
    const none = planOf(experiment({ together: 'always', modes: ['handoff'] }), run);
    expect(none).toEqual({ rounds: 5, modes: [], width: 1 });
  });
});
