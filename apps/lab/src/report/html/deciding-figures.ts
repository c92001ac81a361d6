import type { JudgedClaim, Section } from '../scorecard.js';

/** The figures that a claim's rule goes by, as far as the section has them. */
export function decidingFigures({ kinds }: Section, { decidedBy }: JudgedClaim): string[] {
  return decidedBy.filter((key) => kinds[key] !== undefined);
}
