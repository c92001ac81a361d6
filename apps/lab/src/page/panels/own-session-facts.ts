import type { OwnSessionSnapshot } from '../../protocol/actions.js';
import { element, write } from '../element.js';
import { causeInWords } from '../../losses/loss-causes.js';
import { terms } from '../terms.js';
import { isStateless } from '../words.js';
import { tree } from './tree.js';

const steps: readonly (readonly [OwnSessionSnapshot['step'], string])[] = [
  ['signed-out', 'Outside'],
  ['signed-in', 'Signed in'],
  ['payee', 'Payee said'],
  ['amount', 'Amount said'],
  ['done', 'Money moved'],
];

/** How far you are, who answered, what is remembered of you, and what you carry. */
export class OwnSessionFacts {
  readonly root = element('div', 'facts');
  readonly #lost = element('p', 'alarm');
  readonly #steps = element('ol', 'steps');
  readonly #answered = element('p');
  readonly #remembers = element('div');
  readonly #carries = element('div');
  readonly #displayed = element('div', 'fact-grid');
  #session: OwnSessionSnapshot | undefined;

  constructor() {
    this.#lost.setAttribute('role', 'alert');
    this.#steps.append(...steps.map(([, text]) => element('li', '', text)));
    this.#steps.setAttribute('aria-label', 'How far you are');
    const fact = (title: string, body: HTMLElement): HTMLElement =>
      element('section', '', element('h3', '', title), body);
    this.#displayed.append(
      fact('Who answered you', this.#answered),
      fact('What you carry', this.#carries),
      fact('What is remembered of you', this.#remembers),
    );
    this.root.append(this.#steps, this.#lost, this.#displayed);
    this.#displayed.hidden = true;
    this.show(undefined);
  }

  show(session: OwnSessionSnapshot | undefined): void {
    if (session !== undefined && session === this.#session) return;
    this.#session = session;
    const at = steps.findIndex(([step]) => step === (session?.step ?? 'signed-out'));
    [...this.#steps.children].forEach((step, index) => {
      step.className = index <= at ? 'reached' : '';
      if (index === at) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    });
    write(this.#lost, session?.lost == null ? '' : lossInWords(session.lost));
    this.#lost.hidden = session?.lost == null;
    this.#displayed.hidden = session === undefined;
    if (session === undefined) return;
    const boot = session.bootId === null ? '' : ` This life of the pod (boot) is ${session.bootId.slice(0, 8)}.`;
    write(this.#answered, session.pod === null ? 'Nobody yet.' : `${session.pod}, as ${session.name}.${boot}`);
    this.#answered.title = terms['boot'] ?? '';
    this.#remembers.replaceChildren(
      session.remembers === null ? nothing(session) : tree(ofUseFirst(session.remembers)),
    );
    this.#carries.replaceChildren(...carried(session));
  }
}

/** What a person wants to know goes before what the session is made of. */
function ofUseFirst(remembers: unknown): unknown {
  if (typeof remembers !== 'object' || remembers === null) return remembers;
  const { session, ...others } = remembers as Record<string, unknown>;
  return session === undefined ? others : { ...others, session };
}

function nothing({ mode, step }: OwnSessionSnapshot): HTMLElement {
  const why = isStateless(mode) ? 'Nothing: you bring it all each time.' : 'Nothing.';
  return element('p', '', step === 'signed-out' ? 'Nothing.' : why);
}

function carried({ carries }: OwnSessionSnapshot): HTMLElement[] {
  if (carries.length === 0) return [element('p', '', 'Nothing.')];
  const total = carries.reduce((sum, { bytes }) => sum + bytes, 0);
  const items = carries.map(({ name, bytes, text }) =>
    element('li', '', element('strong', '', name), `, ${bytes} B `, element('code', '', text)),
  );
  return [element('p', '', `${total} bytes in all:`), element('ul', 'carried', ...items)];
}

function lossInWords({ cause, reported, pod }: NonNullable<OwnSessionSnapshot['lost']>): string {
  const where = pod === null ? '' : ` It lived in ${pod} alone.`;
  return `Your session is lost: ${causeInWords(cause)}.${where} The bank says “${reported}”. Sign in again; what you had begun is gone, your money is not.`;
}
