import { describe, expect, it } from '@jest/globals';
import { around, sampleScorecard, sampleSection } from '../../test/sample-scorecard.js';
import { renderHtml } from './html/page.js';
import { renderMarkdown } from './markdown.js';
import { isSound, type Scorecard, type Section } from './scorecard.js';
import { renderTerminal } from './terminal.js';

const memory: Section = {
  ...sampleSection,
  name: 'memory',
  figures: { service: { even: around(1_000), failed: around(0) } },
  losses: [{ mode: 'service', cause: 'unexplained', sessions: 1, requests: 0, example: 'one' }],
  plots: [],
  how: 'Walked at each replica.',
  audit: undefined,
  statements: undefined,
};
const scorecard: Scorecard = {
  ...sampleScorecard,
  modes: undefined,
  settings: { ...sampleScorecard.settings, modes: ['service'], customers: 0, seconds: 0 },
  sections: [memory],
  examined: {
    name: 'node server.js',
    journey: [
      { name: '1 GET /login', needs: [] },
      { name: '2 POST /login', needs: [] },
      { name: '3 GET /<cart>', needs: [1] },
    ],
    paragraph: 'It remembers in the process. Change first: move sessions to a shared store.',
    mode: 'sticky',
    notes: ['Left out of the journey: 4 POST /pay.'],
    command: "npm run lab -- examine --command 'node server.js' --journey shop.yaml",
  },
};

const renderings = {
  HTML: renderHtml(scorecard),
  Markdown: renderMarkdown(scorecard),
  terminal: renderTerminal(scorecard).join('\n').replaceAll(/\n */g, ' '),
};

describe.each(Object.entries(renderings))('an examination in %s', (_, text) => {
  it('is headed by what the service is and what to change first, and by what to know before', () => {
    for (const said of ['node server.js', scorecard.examined!.paragraph, 'Left out of the journey: 4 POST /pay.']) {
      expect(text).toContain(said);
    }
  });

  it('tells nothing of money, of customers or of the lesson, which are the bank’s', () => {
    expect(text).not.toMatch(/Money|audit|customers|The lesson says/i);
  });
});

describe('the drawing of a journey', () => {
  it('has an arc for each request that needs another, and tells it to those who do not see it', () => {
    expect(renderings.HTML.match(/<circle class="dot"/g)).toHaveLength(1);
    expect(renderings.HTML).toContain('3 GET /&#60;cart&#62;, which needs 2 POST /login');
    expect(renderings.Markdown).toContain('- 3 GET /');
  });

  it('says so where no request needs another', () => {
    const journey = scorecard.examined!.journey.map(({ name }) => ({ name, needs: [] }));
    const page = renderHtml({ ...scorecard, examined: { ...scorecard.examined!, journey } });
    expect(page).toContain('No request was found to need an earlier one.');
  });
});

describe('an examination', () => {
  it('is sound whatever was found, unless a question did not come to its end', () => {
    expect(isSound(scorecard)).toBe(true);
    expect(isSound({ ...scorecard, sections: [{ ...memory, fault: 'it ended.' }] })).toBe(false);
    expect(isSound({ ...scorecard, examined: undefined })).toBe(false);
  });

  it('is made again by its own command', () => {
    expect(renderings.Markdown).toContain(scorecard.examined!.command);
  });
});
