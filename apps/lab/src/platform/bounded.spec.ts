import { describe, expect, it } from '@jest/globals';
import { bounded } from './bounded.js';

describe('bounded', () => {
  it('gives what a call gives, and its error', async () => {
    await expect(bounded(Promise.resolve(1), 1_000)).resolves.toBe(1);
    await expect(bounded(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  });

  it('does not wait longer than it is told', async () => {
    await expect(bounded(new Promise(() => undefined), 10)).rejects.toThrow('no answer within 0.01 s');
  });
});
