import { describe, expect, it } from '@jest/globals';
import { Signal } from './signal.js';

describe('Signal', () => {
  it('tells listeners until they listen no more', () => {
    const signal = new Signal<number>();
    const heard: number[] = [];
    const forget = signal.listen((news) => heard.push(news));
    signal.give(1);
    forget();
    signal.give(2);
    expect(heard).toEqual([1]);
  });

  it('lets wait for a condition that holds already, or that a change brings', async () => {
    const signal = new Signal<void>();
    let pods = 1;
    await signal.until(
      () => pods === 1,
      10,
      () => 'late',
    );
    const waiting = signal.until(
      () => pods === 2,
      1_000,
      () => 'late',
    );
    pods = 2;
    signal.give();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('rejects when that takes too long, with what is in its way by then', async () => {
    let trouble = 'none';
    const waiting = new Signal<void>().until(
      () => false,
      10,
      () => `trouble: ${trouble}`,
    );
    trouble = 'no image';
    await expect(waiting).rejects.toThrow('trouble: no image');
  });
});
