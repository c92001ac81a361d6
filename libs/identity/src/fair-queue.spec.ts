import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { FairQueue, QueueFull } from './fair-queue.js';

describe('FairQueue', () => {
  it('never runs more at once than it may, and keeps the order of a client', async () => {
    const queue = new FairQueue({ running: 2, waiting: 10 });
    const started: number[] = [];
    let running = 0;
    let max = 0;
    const task = (id: number) => async () => {
      started.push(id);
      max = Math.max(max, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map((id) => queue.run('one', task(id))));
    expect(max).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('refuses when all run and wait that may, and has room again after a task that failed', async () => {
    const queue = new FairQueue({ running: 1, waiting: 1 });
    const fault = new EventEmitter();
    const failing = queue.run('one', () => once(fault, 'never'));
    const waiting = queue.run('one', async () => 'done');
    await expect(queue.run('one', async () => 'too many')).rejects.toThrow(QueueFull);
    fault.emit('error', new Error('task failed'));
    await expect(failing).rejects.toThrow('task failed');
    await expect(waiting).resolves.toBe('done');
    await expect(queue.run('one', async () => 'done')).resolves.toBe('done');
  });

  it('lets clients take turns, however many tasks one of them has given before', async () => {
    const queue = new FairQueue({ running: 1, waiting: 10 });
    const ended: string[] = [];
    const give = (client: string) =>
      queue.run(client, async () => {
        ended.push(client);
      });
    await Promise.all(['many', 'many', 'many', 'many', 'ada', 'bob', 'ada'].map(give));
    expect(ended).toEqual(['many', 'many', 'ada', 'bob', 'many', 'ada', 'many']);
  });

  it('takes the place of a newcomer from the longest line, and refuses whose line that is', async () => {
    const queue = new FairQueue({ running: 1, waiting: 3 });
    const results = await Promise.allSettled(
      ['many', 'many', 'many', 'many', 'many', 'ada', 'bob', 'ada'].map((client) =>
        queue.run(client, async () => client),
      ),
    );
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
      // Runs, waits, then what gave way to bob, to ada, and what came when all was full.
      true,
      true,
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });
});
