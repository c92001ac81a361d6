import { describe, expect, it } from '@jest/globals';
import { samplePlot } from '../../test/sample-scorecard.js';
import { modeNames, type ModeName } from '../bank/modes.js';
import { inOrder } from './plot.js';

const plotOf = (title: string, ...modes: ModeName[]) => ({
  ...samplePlot,
  title,
  series: modes.map((mode) => ({ name: mode, mode, style: 'line', points: [] }) as const),
});

describe('inOrder', () => {
  it('puts what compares modes first, then each mode as the design has them', () => {
    const plots = [plotOf('a', 'shared'), plotOf('b', 'stateless'), plotOf('c', 'sticky', 'shared'), plotOf('d', 'shared')]; // prettier-ignore
    expect(inOrder(plots, modeNames).map(({ title }) => title)).toEqual(['c', 'b', 'a', 'd']);
  });
});
