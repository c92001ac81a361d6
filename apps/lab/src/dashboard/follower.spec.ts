import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { Follower } from './follower.js';

const long = (name: string): string => `${name}${'.'.repeat(10_000)};`;
const namesIn = (text: unknown): string[] => [...String(text).matchAll(/(\w+)\.+;/g)].map(([, name]) => name!);

describe('a follower', () => {
  it('is told everything while it reads', async () => {
    const follower = new Follower([long('first')], () => long('snapshot'));
    const heard: string[] = [];
    follower.on('data', (chunk) => heard.push(...namesIn(chunk)));
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      follower.deliver(long(name));
      await new Promise(setImmediate);
    }
    expect(heard).toEqual(['first', 'a', 'b', 'c', 'd', 'e']);
  });

  it('holds no more for one who does not read, who then gets a fresh snapshot for all that was dropped', async () => {
    let snapshots = 0;
    const follower = new Follower([long('first')], () => long(`snapshot${(snapshots += 1)}`));
    for (let count = 0; count < 1_000; count += 1) follower.deliver(long(`change${count}`));
    expect(follower.readableLength).toBeLessThan(2 * follower.readableHighWaterMark + 10_000);
    const heard: string[] = [];
    follower.on('data', (chunk) => heard.push(...namesIn(chunk)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard.slice(0, 2)).toEqual(['first', 'change0']);
    expect(heard.at(-1)).toBe('snapshot1');
    expect(snapshots).toBe(1);
    follower.deliver(long('after'));
    await new Promise(setImmediate);
    expect(heard.at(-1)).toBe('after');
  });

  it('is given up when it has taken nothing for half a minute', async () => {
    const follower = new Follower(['x'.repeat(100_000)], () => 'snapshot');
    const start = performance.now();
    follower.deliver('a', start + 29_000);
    expect(follower.destroyed).toBe(false);
    follower.deliver('b', start + 31_000);
    await once(follower, 'close');
    expect(follower.destroyed).toBe(true);
  });
});
