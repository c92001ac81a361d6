import { modeNames } from '../../bank/modes.js';
import type { RequestView, OwnSessionStep, OwnSessionSnapshot } from '../../protocol/actions.js';
import { KeyedList } from '../keyed-list.js';
import { kill } from '../actions.js';
import { button, element, found, whyNot, write } from '../element.js';
import type { BankSnapshot } from '../../protocol/snapshots.js';
import type { Page } from '../page-context.js';
import { homeOf } from '../own-home.js';
import { isStateless, workloadOf } from '../words.js';
import { RequestLine } from './request-line.js';
import { OwnSessionFacts } from './own-session-facts.js';
import type { OwnSessionList } from './own-session-list.js';

const asks: Readonly<Record<OwnSessionStep, string>> = {
  'sign-in': 'Sign in',
  look: 'Look at my accounts',
  payee: 'Transfer, 1: to whom',
  amount: 'Transfer, 2: how much',
  confirm: 'Transfer, 3: confirm',
  'sign-out': 'Sign out',
};

/** Your own session: what you do in a mode, who answered, what travelled, and what is remembered of you. */
export class SessionPanel {
  readonly #modeSelect = element('select');
  readonly #buttons = new Map<OwnSessionStep, HTMLButtonElement>();
  readonly #kill = button('', () => void this.killOwn());
  readonly #facts = new OwnSessionFacts();
  readonly #title = element('h3', '', 'What travelled, the latest first');
  readonly #recordings: KeyedList<RequestView, RequestLine>;
  #busy = false;

  constructor(
    private readonly page: Page,
    private readonly ownSessions: OwnSessionList,
  ) {
    this.#modeSelect.addEventListener('change', () => page.address.go({ mode: this.#modeSelect.value }));
    const journey = element('p', 'journey');
    for (const [ask, text] of Object.entries(asks) as [OwnSessionStep, string][]) {
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
      element('label', 'stacked', 'Your mode', this.#modeSelect),
      journey,
      this.#kill,
    );
    acting.dataset['act'] = 'session';
    const list = element('ol', 'exchanges');
    this.#recordings = new KeyedList(
      list,
      ({ id }) => String(id),
      (one) => new RequestLine(one),
    );
    found('panel-session').append(
      element(
        'p',
        'faint',
        'Be a customer yourself: sign in, look, begin a transfer, stop half-way, kill your pod, and go on.',
      ),
      whyNot('session'),
      acting,
      this.#facts.root,
      this.#title,
      list,
    );
    this.show();
  }

  hear({ workloads }: BankSnapshot): void {
    this.#showKill();
    const there = modeNames.filter((mode) =>
      workloads.some(({ workload, pods }) => workload === workloadOf(mode) && pods.length > 0),
    );
    if (there.join() === [...this.#modeSelect.options].map(({ value }) => value).join()) return;
    this.#modeSelect.replaceChildren(...there.map((mode) => new Option(mode, mode)));
    this.show();
  }

  /** Shows the session in the mode that the address names. */
  show(): void {
    const { mode } = this.page.address.displayed;
    this.#modeSelect.value = mode;
    const session = this.ownSessions.at(mode);
    const may = session?.may ?? ['sign-in'];
    for (const [ask, made] of this.#buttons) made.disabled = this.#busy || !may.includes(ask);
    this.#showKill();
    this.#facts.show(session);
    this.#title.hidden = session === undefined;
    this.#recordings.show(session?.recordings.toReversed() ?? []);
  }

  #showKill(): void {
    const session = this.ownSessions.at(this.page.address.displayed.mode);
    const pod = session && homeOf(session, this.page.now());
    this.#kill.disabled = pod === undefined;
    write(this.#kill, pod === undefined ? 'Kill the pod that I am at' : `Kill ${pod}, ${whyYours(session!)}`);
  }

  async ask(ask: OwnSessionStep): Promise<void> {
    const { mode } = this.page.address.displayed;
    this.#busy = true;
    const { activeElement } = document;
    this.show();
    try {
      await this.ownSessions.ask(mode, ask);
    } catch (error) {
      this.page.actionRunner.sayRefused(asks[ask], error);
    } finally {
      this.#busy = false;
      this.show();
      this.#focusOn(activeElement);
    }
  }

  async killOwn(): Promise<void> {
    const pod = this.ownSessions.at(this.page.address.displayed.mode)?.pod;
    if (pod == null) return;
    await this.page.actionRunner.do(kill(pod, this.page));
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

function whyYours({ mode }: OwnSessionSnapshot): string {
  return isStateless(mode) ? 'which answered me' : 'where I am';
}
