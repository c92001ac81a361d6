import { modeNames } from '../../../modes.js';
import type { ShownExchange, VisitAsk, VisitNow } from '../acting.js';
import { Children } from '../children.js';
import { kill } from '../deeds.js';
import { button, element, found, whyNot, write } from '../element.js';
import type { BankNow } from '../messages.js';
import type { Page } from '../page-context.js';
import { workloadOf } from '../words.js';
import { ExchangeView } from './exchange.js';
import { VisitFacts } from './visit-facts.js';
import type { Visits } from './visits.js';

const asks: Readonly<Record<VisitAsk, string>> = {
  'sign-in': 'Sign in',
  look: 'Look at my accounts',
  payee: 'Transfer, 1: to whom',
  amount: 'Transfer, 2: how much',
  confirm: 'Transfer, 3: confirm',
  'sign-out': 'Sign out',
};

/** Your own session: what you do at a counter, who answered, what travelled, and what is remembered of you. */
export class SessionPanel {
  readonly #counter = element('select');
  readonly #buttons = new Map<VisitAsk, HTMLButtonElement>();
  readonly #kill = button('', () => void this.killOwn());
  readonly #facts = new VisitFacts();
  readonly #title = element('h3', '', 'What travelled, the latest first');
  readonly #exchanges: Children<ShownExchange, ExchangeView>;
  #busy = false;

  constructor(
    private readonly page: Page,
    private readonly visits: Visits,
  ) {
    this.#counter.addEventListener('change', () => page.address.go({ mode: this.#counter.value }));
    const journey = element('p', 'journey');
    for (const [ask, text] of Object.entries(asks) as [VisitAsk, string][]) {
      const made = button(text, () => void this.ask(ask));
      made.dataset['ask'] = ask;
      this.#buttons.set(ask, made);
      journey.append(made);
    }
    this.#kill.dataset['act'] = 'kill';
    this.#kill.className = 'danger';
    const acting = element(
      'div',
      'controls',
      element('label', 'stacked', 'Your counter', this.#counter),
      journey,
      this.#kill,
    );
    acting.dataset['act'] = 'visit';
    const list = element('ol', 'exchanges');
    this.#exchanges = new Children(
      list,
      ({ id }) => String(id),
      (one) => new ExchangeView(one),
    );
    found('panel-session').append(
      element(
        'p',
        'faint',
        'Be a customer yourself: sign in, look, begin a transfer, stop half-way, kill your pod, and go on.',
      ),
      whyNot('visit'),
      acting,
      this.#facts.root,
      this.#title,
      list,
    );
    this.show();
  }

  hear({ workloads }: BankNow): void {
    const there = modeNames.filter((mode) =>
      workloads.some(({ workload, pods }) => workload === workloadOf(mode) && pods.length > 0),
    );
    if (there.join() === [...this.#counter.options].map(({ value }) => value).join()) return;
    this.#counter.replaceChildren(...there.map((mode) => new Option(mode, mode)));
    this.show();
  }

  /** Shows the visit at the counter that the address names. */
  show(): void {
    const { mode } = this.page.address.shown;
    this.#counter.value = mode;
    const visit = this.visits.at(mode);
    const may = visit?.may ?? ['sign-in'];
    for (const [ask, made] of this.#buttons) made.disabled = this.#busy || !may.includes(ask);
    this.#kill.disabled = visit === undefined || visit.pod === null || visit.lost !== null;
    write(this.#kill, killText(visit));
    this.#facts.show(visit);
    this.#title.hidden = visit === undefined;
    this.#exchanges.show(visit?.exchanges.toReversed() ?? []);
  }

  async ask(ask: VisitAsk): Promise<void> {
    const { mode } = this.page.address.shown;
    this.#busy = true;
    const { activeElement } = document;
    this.show();
    try {
      await this.visits.ask(mode, ask);
    } catch (error) {
      this.page.performer.sayRefused(asks[ask], error);
    } finally {
      this.#busy = false;
      this.show();
      this.#focusOn(activeElement);
    }
  }

  async killOwn(): Promise<void> {
    const pod = this.visits.at(this.page.address.shown.mode)?.pod;
    if (pod == null) return;
    await this.page.performer.do(kill(pod, this.page));
  }

  /** A disabled button loses the focus; who goes by the keyboard goes on at the next thing that can be done. */
  #focusOn(before: Element | null): void {
    if (!(before instanceof HTMLButtonElement) || !this.#isOwn(before)) return;
    const next = [...this.#buttons.values()].find(({ disabled }) => !disabled);
    (before.disabled ? next : before)?.focus();
  }

  #isOwn(one: HTMLButtonElement): boolean {
    return [...this.#buttons.values()].includes(one);
  }
}

function killText(visit: VisitNow | undefined): string {
  if (visit === undefined || visit.pod === null) return 'Kill the pod that I am at';
  return visit.mode === 'stateless' ? `Kill ${visit.pod}, which answered me` : `Kill ${visit.pod}, where I am`;
}
