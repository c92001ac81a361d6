import { expect, it } from '@jest/globals';
import type { Autoscaling } from '../platform/platform.js';
import { autoscalerReads } from './autoscaler-reads.js';

const byCpu: Autoscaling = { min: 2, max: 6, current: 2, desired: 3, cpu: 71.4, target: 50, unit: 'm', others: [] };

it('tells CPU and what it aims at, also while it reads nothing', () => {
  expect(autoscalerReads(byCpu)).toBe('CPU 71m of 50m');
  expect(autoscalerReads({ ...byCpu, cpu: null })).toBe('CPU unknown of 50m');
});

it('tells every metric that the autoscaler goes by, and no CPU where it does not', () => {
  const others = [{ name: 'tellers_sessions_open', value: 900, target: 1_000 }];
  expect(autoscalerReads({ ...byCpu, others })).toBe('CPU 71m of 50m, sessions 900 of 1000');
  const [ofKeda] = others.map((metric) => ({ ...metric, name: 'prometheus' }));
  expect(autoscalerReads({ ...byCpu, cpu: null, target: null, others: [ofKeda!] })).toBe('sessions 900 of 1000');
  expect(autoscalerReads({ ...byCpu, others: [{ name: 'memory', value: 41, target: 80 }] })).toMatch(
    /, memory 41 of 80$/,
  );
});
