import type { Scorecard, Section } from '../scorecard.js';
import { leastChance, rankTest } from './rank-test.js';

/** A difference that chance alone makes less often than this is more than noise. */
export const noiseBelow = 0.01;

export type ComparedFigure = 'changed' | 'alike' | 'cannot tell';

/** One figure of one mode in two runs. */
export interface FigureChange {
  readonly experiment: string;
  readonly mode: string;
  readonly kind: Section['kinds'][string];
  /** Events are counted a round, so that runs of different length compare. */
  readonly before: number | null;
  readonly after: number | null;
  readonly found: ComparedFigure;
  /** From 0 to 1: what part of the larger one they are apart. */
  readonly size: number;
}

/** Every figure that both runs have, the largest differences first. */
export function compareFigures(one: Scorecard, other: Scorecard): FigureChange[] {
  return one.sections
    .flatMap((section) => {
      const same = other.sections.find(({ name }) => name === section.name);
      return same === undefined ? [] : compareSections(section, same);
    })
    .toSorted((a, b) => b.size - a.size);
}

function compareSections(one: Section, other: Section): FigureChange[] {
  return Object.keys(one.figures).flatMap((mode) =>
    Object.entries(one.kinds).flatMap(([key, kind]) => {
      const [before, after] = [one, other].map(({ figures }) => figures[mode]?.[key]);
      // A figure that means something else now is another figure.
      if (before === undefined || after === undefined || other.kinds[key]?.unit !== kind.unit) return [];
      const values = [before, after].map((estimate) => valueOf(kind, estimate));
      const samples = [before, after].map((estimate) => samplesOf(kind, estimate));
      const [from = null, to = null] = values;
      const change = { experiment: one.name, mode, kind, before: from, after: to };
      return [{ ...change, found: judge(samples[0] ?? [], samples[1] ?? []), size: sizeOf(kind, from, to) }];
    }),
  );
}

type ComparedEstimate = NonNullable<Section['figures'][string]>[string];

function samplesOf({ absent }: FigureChange['kind'], { samples }: ComparedEstimate): number[] {
  return samples.flatMap((sample) => sample ?? (absent === 'beyond' ? Infinity : []));
}

function valueOf(kind: FigureChange['kind'], estimate: ComparedEstimate): number | null {
  if (kind.over !== 'total') return estimate.value;
  const samples = samplesOf(kind, estimate);
  return samples.length === 0 ? null : samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

function judge(before: readonly number[], after: readonly number[]): ComparedFigure {
  if (leastChance(before.length, after.length) > noiseBelow) return 'cannot tell';
  return rankTest(before, after) <= noiseBelow ? 'changed' : 'alike';
}

function sizeOf({ absent }: FigureChange['kind'], before: number | null, after: number | null): number {
  if (before === after) return 0;
  // What did not come in time is as far off as can be; what was not measured says nothing.
  if (before === null || after === null) return absent === 'beyond' ? 1 : 0;
  return Math.min(1, Math.abs(after - before) / Math.max(Math.abs(before), Math.abs(after)));
}
