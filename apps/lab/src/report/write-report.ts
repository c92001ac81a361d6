import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeadlineAnswer } from './headline-answer.js';
import { renderHtml } from './html/page.js';
import { renderMarkdown } from './markdown.js';
import type { Scorecard } from './scorecard.js';

/** Writes scorecard.html, scorecard.md and scorecard.json into a folder, which is made if need be; gives their paths. */
export function writeReport(folder: string, scorecard: Scorecard, answer?: HeadlineAnswer): string[] {
  mkdirSync(folder, { recursive: true });
  const files = {
    'scorecard.html': renderHtml(scorecard, answer),
    'scorecard.md': renderMarkdown(scorecard, answer),
    'scorecard.json': `${JSON.stringify(scorecard, null, 2)}\n`,
  };
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
}
