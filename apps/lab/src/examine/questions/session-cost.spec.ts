import { describe, expect, it } from '@jest/globals';
import { rule } from './session-cost.js';

const ruling = (slope: number | null, slopeError: number | null, opened: number) =>
  rule({ service: { slope, slopeError, opened, control: 0, header: 300 } }).ruling;

describe('what a session costs', () => {
  it('is told where memory grew by more than a heap does by itself', () => {
    expect(ruling(12_000, 800, 4_000)).toBe('does not hold');
    expect(ruling(12_000, 800, 400)).toBe('cannot tell here');
    expect(ruling(12_000, 7_000, 4_000)).toBe('cannot tell here');
  });

  it('is nothing only where so many sessions would have shown', () => {
    expect(ruling(-8_729, 2_278, 4_000)).toBe('cannot tell here');
    expect(ruling(20, 30, 200_000)).toBe('holds');
  });

  it('is not told where too few were opened', () => {
    expect(ruling(null, null, 0)).toBe('cannot tell here');
    expect(rule({}).ruling).toBe('cannot tell here');
  });
});
