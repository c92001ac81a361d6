import { expect, it } from '@jest/globals';
import { IdleFirst } from './idle-first.js';

it('lets those go first who have long asked for nothing, and others as long as too few have gone', () => {
  const idle = new IdleFirst();
  const before = idle.leastMs;
  idle.adapt(false);
  idle.adapt(false);
  expect(idle.leastMs).toBe(before / 4);
  idle.adapt(true);
  expect(idle.leastMs).toBe(before / 2);
});

it('never lets go who asks again and again within its own answer', () => {
  const idle = new IdleFirst();
  for (let beat = 0; beat < 20; beat++) idle.adapt(false);
  expect(idle.leastMs).toBe(100);
});
