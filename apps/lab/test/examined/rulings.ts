import type { Section } from '../../src/report/scorecard.js';
import { claimNumbers, type ClaimTopic, type Rulings } from '../strangers/expected.js';

/** What was ruled on these topics; undefined where nothing was. */
export function rulingsOf(sections: readonly Section[], expected: Rulings): Record<string, string | undefined> {
  const claims = sections.flatMap((section) => section.claims);
  const rulingOf = (topic: ClaimTopic) => claims.find(({ number }) => number === claimNumbers[topic])?.verdict.ruling;
  return Object.fromEntries((Object.keys(expected) as ClaimTopic[]).map((topic) => [topic, rulingOf(topic)]));
}
