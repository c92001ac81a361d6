import { element } from '../element.js';
import { rulingOf } from '../formatted.js';
import type { ExperimentsSnapshot } from '../../protocol/snapshots.js';

/** Each claim of the lesson with the latest verdict on it, where there is one yet. */
export class ScorecardPanel {
  readonly root: HTMLElement;
  readonly #rows = element('tbody');

  constructor() {
    const head = ['#', 'Claim', 'Verdict'].map((text) => {
      const cell = element('th', '', text);
      cell.scope = 'col';
      return cell;
    });
    const table = element('table', 'scorecard', element('caption', '', 'Scorecard: the lesson, claim by claim'));
    table.append(element('thead', '', element('tr', '', ...head)), this.#rows);
    this.root = table;
  }

  show({ known, done }: ExperimentsSnapshot): void {
    const claims = new Map(known.flatMap((one) => one.claims).map(({ number, sentence }) => [number, sentence]));
    const verdicts = new Map(done.flatMap((one) => one.verdicts).map((verdict) => [verdict.number, verdict]));
    const rows = [...claims].toSorted(([one], [other]) => one - other);
    this.#rows.replaceChildren(
      ...rows.map(([number, sentence]) => {
        const found = verdicts.get(number);
        const verdict = element('td', 'verdict', found === undefined ? 'not tried' : rulingOf(found));
        verdict.classList.toggle('faint', found === undefined);
        verdict.classList.toggle('once', found !== undefined && found.onlyBy !== '');
        verdict.dataset['ruling'] = found?.ruling ?? '';
        return element('tr', '', element('td', '', String(number)), element('td', '', sentence), verdict);
      }),
    );
  }
}
