import { describe, expect, it } from '@jest/globals';
import { Starts } from './starts.js';

const startsWith = (late: number): Starts => {
  const starts = new Starts();
  for (let index = 0; index < 100; index++) starts.add(index < late ? 51 : 50);
  return starts;
};

describe('Starts', () => {
  it('let one in fifty be late', () => {
    expect(startsWith(2)).toMatchObject({ all: 100, late: 2, maxLateMs: 51, keptUp: true });
    expect(startsWith(3)).toMatchObject({ all: 100, late: 3, keptUp: false });
  });
});
