import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

// `npm run reports` renders the published scorecards anew: Markdown beside their JSON, HTML, which no repository shows,
// into reports/published. A test fails while the Markdown is stale.

prepare();
const { answerOf } = await import('../dist/apps/lab/src/answer/answer.js');
const { readScorecard } = await import('../dist/apps/lab/src/report/read-scorecard.js');
const { renderHtml } = await import('../dist/apps/lab/src/report/html/page.js');
const { renderMarkdown } = await import('../dist/apps/lab/src/report/markdown.js');

const pages = join('reports', 'published');
mkdirSync(pages, { recursive: true });
for (const folder of ['docs/report', 'docs/report/kubernetes']) {
  const scorecard = readScorecard(folder);
  const answer = answerOf(scorecard);
  writeFileSync(join(folder, 'scorecard.md'), renderMarkdown(scorecard, answer));
  const page = join(pages, `${scorecard.settings.platform}.html`);
  writeFileSync(page, renderHtml(scorecard, answer));
  process.stderr.write(`${folder}/scorecard.md and ${page} written\n`);
}
