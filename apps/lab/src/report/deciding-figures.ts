import type { JudgedClaim, Section } from './scorecard.js';

/** The figures that a claim's rule goes by, as far as the section has them. */
export function decidingFigures({ kinds }: Section, { decidedBy }: Pick<JudgedClaim, 'decidedBy'>): string[] {
  return decidedBy.filter((key) => kinds[key] !== undefined);
}
