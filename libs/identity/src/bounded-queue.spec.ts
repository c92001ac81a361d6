import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { BoundedQueue } from './bounded-queue.js';

describe('BoundedQueue', () => {
  it('never runs more at once than it may, and keeps the order', async () => {
    const queue = new BoundedQueue({ running: 2, waiting: 10 });
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const task = (id: number) => async () => {
      started.push(id);
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map((id) => queue.run(task(id))));
    expect(most).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is full when all run and wait that may, and has room again after a task that failed', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 1 });
    const fault = new EventEmitter();
    const failing = queue.run(() => once(fault, 'never'));
    expect(queue.full).toBe(false);
    const waiting = queue.run(async () => 'done');
    expect(queue.full).toBe(true);
    fault.emit('error', new Error('task failed'));
    await expect(failing).rejects.toThrow('task failed');
    await expect(waiting).resolves.toBe('done');
    expect(queue.full).toBe(false);
  });
});
