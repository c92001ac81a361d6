import { escape } from './markdown-table.js';
import type { Examined } from './scorecard.js';

/** Each request of a journey with the earlier ones that it needs, in words. */
export function needsInWords(journey: Examined['journey']): string[] {
  return journey.map(({ name, needs }) => {
    const needed = needs.map((index) => journey[index]?.name).join(' and ');
    return needs.length === 0 ? name : `${name}, which needs ${needed}`;
  });
}

/** What an examination comes to in plain words, and what was sent. */
export function examinedLines({ name, paragraph, notes, journey }: Examined): string[] {
  return [
    '',
    `**${escape(name)}**`,
    '',
    escape(paragraph),
    ...notes.flatMap((note) => ['', `Note: ${escape(note)}`]),
    '',
    '**The journey**',
    '',
    ...needsInWords(journey).map((request) => `- ${escape(request)}`),
  ];
}
