import { describe, expect, it } from '@jest/globals';
import { due } from './due.js';

describe('due', () => {
  it('counts from the intended start when the sender is late', () => {
    expect(due(1_000, 1_080)).toBe(1_000);
  });

  it('forgives the tick of a timer', () => {
    expect(due(1_000, 1_001.4)).toBe(1_001.4);
  });
});
