import { button, element, found, timeElement, whyNot, write } from '../element.js';
import type { BankSnapshot, DoneExperiment, ExperimentsSnapshot, KnownExperiment } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { progressOf, roughly, rulingOf } from '../formatted.js';
import { ScorecardPanel } from './scorecard.js';

/** Starts an experiment, follows it to its report, and shows the scorecard as it fills. */
export class ExperimentsPanel {
  readonly #choice = element('select');
  readonly #summary = element('p');
  readonly #start = button('Start it', () => void this.#begin());
  readonly #quick = element('input');
  readonly #form: HTMLElement;
  readonly #running = element('div', 'running');
  readonly #progress = element('p');
  readonly #done = element('ul', 'done');
  readonly #scorecard = new ScorecardPanel();
  #known: readonly KnownExperiment[] = [];
  #displayed: ExperimentsSnapshot | null | undefined;

  constructor(private readonly page: Page) {
    this.#quick.type = 'checkbox';
    this.#quick.checked = true;
    this.#choice.addEventListener('change', () => this.#describe());
    const quick = element('label', 'check', this.#quick, 'quick: shows every figure, is sure of none');
    const which = element('label', 'stacked', 'Experiment', this.#choice);
    this.#form = element('div', 'controls', which, this.#summary, quick, element('p', 'row', this.#start));
    this.#form.dataset['act'] = 'experiment';
    const end = button('End it', () => void this.#end());
    end.dataset['act'] = 'experiment';
    this.#progress.setAttribute('role', 'status');
    this.#running.append(element('h3', '', 'Under way'), this.#progress, element('p', 'row', end));
    found('panel-experiments').append(
      element(
        'p',
        'faint',
        'An experiment tests one claim under the same load, and can prove it wrong. Customers go home while it runs.',
      ),
      whyNot('experiment'),
      this.#running,
      this.#form,
      this.#done,
      this.#scorecard.root,
    );
  }

  show({ experiments, at }: BankSnapshot): void {
    this.#running.hidden = experiments?.running == null;
    if (experiments?.running != null) write(this.#progress, progressOf(experiments.running, at));
    if (experiments === this.#displayed) return;
    this.#reportEnd(this.#displayed, experiments);
    this.#displayed = experiments;
    this.#start.disabled = experiments === null || experiments.running !== null;
    if (experiments === null) return;
    if (experiments.known.length !== this.#known.length) {
      this.#known = experiments.known;
      this.#choice.replaceChildren(
        ...this.#known.map(({ name }) => new Option(name, name, name === 'amnesia', name === 'amnesia')),
      );
      this.#describe();
    }
    this.#done.replaceChildren(...experiments.done.toReversed().map(entryOf));
    this.#scorecard.show(experiments);
  }

  #reportEnd(before: ExperimentsSnapshot | null | undefined, now: ExperimentsSnapshot | null): void {
    if (before?.running == null || now?.running !== null) return;
    const { name, startedAt } = before.running;
    const done = now.done.find((one) => one.name === name && one.at >= startedAt);
    this.page.actionRunner.say(`The experiment ${name} is over. ${done === undefined ? '' : foundBy(done)}`);
  }

  #describe(): void {
    const chosen = this.#known.find(({ name }) => name === this.#choice.value);
    if (chosen === undefined) return;
    const { name, summary, claims, expectedSeconds } = chosen;
    const of = claims.map(({ number }) => number).join(', ');
    write(
      this.#summary,
      `${name}: ${summary.replace(/\.?$/, '.')} ${of === '' ? '' : `Claim ${of}. `}About ${roughly(expectedSeconds * 1_000)} when quick.`,
    );
  }

  async #begin(): Promise<void> {
    const name = this.#choice.value;
    await this.page.lab
      .ask('POST', 'experiments', { name, quick: this.#quick.checked })
      .then(() => this.page.actionRunner.say(`The experiment ${name} begins. Customers go home until it is over.`))
      .catch((error: unknown) => this.page.actionRunner.sayRefused(`Start ${name}`, error));
  }

  async #end(): Promise<void> {
    await this.page.lab
      .ask('DELETE', 'experiments/running')
      .catch((error: unknown) => this.page.actionRunner.sayRefused('End the experiment', error));
  }
}

function entryOf(done: DoneExperiment): HTMLElement {
  const { name, at, report } = done;
  const link = element('a', '', `Report of ${name}`);
  link.href = report;
  link.target = '_blank';
  link.rel = 'noopener';
  return element('li', '', timeElement(at), ' ', link, element('p', 'faint', foundBy(done)));
}

function foundBy({ passed, verdicts }: DoneExperiment): string {
  const rulings = verdicts.map((one) => `Claim ${one.number}: ${rulingOf(one)}. ${one.because}`).join(' ');
  return passed ? rulings : `Do not trust this run: see its report. ${rulings}`;
}
