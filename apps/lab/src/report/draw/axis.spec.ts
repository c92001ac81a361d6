import { describe, expect, it } from '@jest/globals';
import { axisScale, ticksIn, tickText, unitFor } from './axis.js';

describe('axisScale', () => {
  it('begins at nought where it should, and ends at a round value', () => {
    const scale = axisScale([12, 93], 'linear', [0, 250], true);
    expect([scale.place(0), scale.place(100)]).toEqual([0, 250]);
    expect(scale.ticks).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it('has fewer ticks where there is less room', () => {
    expect(axisScale([0, 140], 'linear', [0, 160], true).ticks).toEqual([0, 50, 100, 150]);
  });

  it('spans just its values elsewhere', () => {
    const scale = axisScale([3, 7], 'linear', [0, 100], false);
    expect([scale.place(3), scale.place(7)]).toEqual([0, 100]);
  });

  it('places powers of ten evenly on a logarithm, and takes no nought there', () => {
    const scale = axisScale([0, 1, 900], 'log', [0, 300], true);
    expect(scale.ticks).toEqual([1, 10, 100, 1000]);
    expect(scale.place(100)).toBeCloseTo(200);
    expect(scale.takes(0)).toBe(false);
  });

  it('also puts ticks between, where powers of ten are few', () => {
    expect(axisScale([10, 90], 'log', [0, 300], true).ticks).toEqual([10, 20, 50, 100]);
    expect(axisScale([10, 900], 'log', [0, 160], true).ticks).toEqual([10, 100, 1000]);
  });

  it('runs below nought nowhere, and puts there what noise took below it', () => {
    const scale = axisScale([-48, 93], 'linear', [0, 250], true);
    expect([scale.place(-48), scale.place(0), Math.min(...scale.ticks)]).toEqual([0, 0, 0]);
  });

  it('places percentiles by how rare what lies above them is, and names them as the field does', () => {
    const scale = axisScale([50, 99.9], 'percentile', [0, 300], false);
    expect(scale.ticks).toEqual([50, 90, 99, 99.9]);
    expect(scale.place(99) - scale.place(90)).toBeCloseTo(scale.place(99.9) - scale.place(99));
    expect([scale.takes(99.9), scale.takes(100)]).toEqual([true, false]);
    expect(axisScale([50, 95], 'percentile', [0, 300], false).ticks).toEqual([50, 75, 90, 95]);
  });

  it.each([[[]], [[5]], [[0, 0]], [[-3, -1]]])('stands %j', (values) => {
    const scale = axisScale(values, 'linear', [0, 100], true);
    expect([scale.place(0), scale.place(5)].every(Number.isFinite)).toBe(true);
  });
});

describe('unitFor', () => {
  it.each([
    ['bytes', 250_000_000, 'MB', 1e6],
    ['bytes', 900, 'B', 1],
    ['ms', 12_000, 's', 1_000],
    ['ms', 1_500, 'ms', 1],
    ['count', 5e6, undefined, 1],
    ['percent', 50, '%', 1],
  ] as const)('writes %s up to %d in %s', (unit, max, suffix, over) => {
    expect(unitFor(unit, max)).toEqual({ over, suffix });
  });
});

describe('ticksIn', () => {
  const pods = axisScale([1, 4], 'linear', [0, 300], false);

  it('leaves out halves of what is counted', () => {
    expect(ticksIn('count', pods)).toEqual([1, 2, 3, 4]);
    expect(ticksIn('ms', pods)).toContain(1.5);
  });
});

describe('tickText', () => {
  it.each([
    [0.30000000000000004, '0.3'],
    [9_000, '9000'],
    [20_000, '20k'],
    [1_500_000, '1.5M'],
  ])('writes %d as %s', (value, text) => {
    expect(tickText(value)).toBe(text);
  });
});
