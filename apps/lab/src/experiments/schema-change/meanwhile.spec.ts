import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { meanwhile } from './meanwhile.js';

describe('what is done meanwhile', () => {
  it('is done until it has happened, and once more', async () => {
    let happened = false;
    const seen: boolean[] = [];
    const event = sleep(50).then(() => (happened = true));
    await meanwhile(async () => void seen.push(happened), event);
    expect(seen[0]).toBe(false);
    expect(seen.at(-1)).toBe(true);
  });

  it('comes to its end before a failure is told', async () => {
    let acts = 0;
    const act = async (): Promise<void> => {
      await sleep(20);
      acts++;
    };
    await expect(meanwhile(act, Promise.reject(new Error('There is no such pod.')))).rejects.toThrow('no such pod');
    expect(acts).toBe(2);
  });
});
