import { expect } from '@jest/globals';
import type { Section } from '../../src/report/scorecard.js';
import { claimNumbers, type ClaimTopic, type Rulings } from '../strangers/expected.js';

/** Expects these rulings; where others were made, what the sections note tells why. */
export function expectRulings(sections: readonly Section[], expected: Rulings): void {
  try {
    expect(rulingsOf(sections, expected)).toEqual(expected);
  } catch (error) {
    const notes = sections.flatMap(({ name, notes: own }) => own.map((note) => `${name}: ${note}`));
    throw new Error(`${(error as Error).message}\n${notes.join('\n')}`, { cause: error });
  }
}

/** What was ruled on these topics; undefined where nothing was. */
function rulingsOf(sections: readonly Section[], expected: Rulings): Record<string, string | undefined> {
  const claims = sections.flatMap((section) => section.claims);
  const rulingOf = (topic: ClaimTopic) => claims.find(({ number }) => number === claimNumbers[topic])?.verdict.ruling;
  return Object.fromEntries((Object.keys(expected) as ClaimTopic[]).map((topic) => [topic, rulingOf(topic)]));
}
