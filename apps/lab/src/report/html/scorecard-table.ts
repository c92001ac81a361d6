import { markup, type Markup } from '../markup.js';
import type { JudgedClaim, Scorecard, Section } from '../scorecard.js';
import { claimantOf, decidingFigures, judgedClaims } from '../summary.js';
import { agreement, figureCell, ruling } from './cells.js';

/** Each claim with its verdict and the figures that decided it, in the order of the lesson. */
export function scorecardTable(scorecard: Scorecard): Markup | undefined {
  const judged = judgedClaims(scorecard);
  if (judged.length === 0) return undefined;
  const { modes } = scorecard.settings;
  return markup`<table class="scorecard">
    <thead>
      <tr>
        <th scope="col">#</th>
        <th scope="col">${claimantOf(scorecard)}</th>
        <th scope="col">Verdict</th>
        <th scope="col">Decided by</th>
        ${modes.map((mode) => markup`<th scope="col" class="number">${mode}</th>`)}
      </tr>
    </thead>
    ${judged.map(({ section, claim }) => claimRows(section, claim, scorecard))}
  </table>`;
}

function claimRows(section: Section, claim: JudgedClaim, scorecard: Scorecard): Markup {
  const { modes } = scorecard.settings;
  const [first, ...others] = decidingFigures(section, claim);
  const span = Math.max(1, 1 + others.length);
  const figures = (key: string | undefined): Markup => {
    const kind = key === undefined ? undefined : section.kinds[key];
    if (key === undefined || kind === undefined) return markup`<td class="across" colspan="${modes.length + 1}"></td>`;
    return markup`<td class="what across">${kind.label}</td>
      ${modes.map((mode) => figureCell(section.figures[mode]?.[key], kind, mode))}`;
  };
  return markup`<tbody>
    <tr>
      <td rowspan="${span}" class="claim-number">${claim.number}</td>
      <th scope="rowgroup" rowspan="${span}" class="sentence across">
        ${claim.sentence}
        <div class="small"><a href="#${section.name}">${section.name}</a></div>
      </th>
      <td rowspan="${span}" class="across">${ruling(claim.verdict, scorecard)}<br />${agreement(claim.verdict, section.rounds, scorecard)}</td>
      ${figures(first)}
    </tr>
    ${others.map(
      (key) =>
        markup`<tr>
          ${figures(key)}
        </tr>`,
    )}
  </tbody>`;
}
