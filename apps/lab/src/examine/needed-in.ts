import type { Examined, Section } from '../report/scorecard.js';
import type { Journey } from './journey/journey.js';
import { dependencies } from './questions/dependencies.js';

/** The requests of the journey, each with the earlier ones that it was found to need. */
export function neededIn({ requests }: Journey, sections: readonly Section[]): Examined['journey'] {
  const drawn = sections.find(({ name }) => name === dependencies.name)?.plots ?? [];
  const pairs = drawn.flatMap(({ series }) => series.flatMap(({ points }) => points));
  return requests.map(({ name }, index) => ({
    name,
    needs: pairs.flatMap(([earlier, later]) => (later === index + 1 ? [earlier - 1] : [])),
  }));
}
