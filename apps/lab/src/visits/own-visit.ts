import type { IncomingHttpHeaders } from 'node:http';
import { CodedError } from '#libs/service';
import type { Customer } from '../customers/customer.js';
import { tellingFor } from '../customers/errand.js';
import type { Exchange, ServedBy } from '../customers/exchange.js';
import { SessionLost, Setback } from '../customers/setback.js';
import { StatelessTelling } from '../customers/stateless-journey.js';
import type { Telling } from '../customers/telling.js';
import { Visit } from '../customers/visit.js';
import type { Session, TransferStep, Witness } from '../customers/witness.js';
import type { ShownExchange, VisitAsk, VisitNow } from '../dashboard/web/acting.js';
import { modes, type ModeName } from '../modes.js';
import { cut, readToken } from './secrets.js';
import { showExchange } from './show-exchange.js';

const exchangesKept = 30;

type Step = VisitNow['step'];

const mayAt: Readonly<Record<Step, readonly VisitAsk[]>> = {
  'signed-out': ['sign-in'],
  'signed-in': ['look', 'payee', 'sign-out'],
  payee: ['look', 'amount', 'sign-out'],
  amount: ['look', 'confirm', 'sign-out'],
  done: ['look', 'payee', 'sign-out'],
};

export interface OwnVisitOptions {
  readonly id: string;
  readonly mode: ModeName;
  readonly customer: Customer;
  /** As whom. */
  readonly name: string;
  readonly host: string;
  /** Shown each exchange, and asked why a session was lost. */
  readonly exchanged: (exchange: Exchange) => void;
  readonly causeOf: (session: Session) => Promise<string>;
}

/** The visit of the person at the page: the lab asks in its place, and shows what travels. */
export class OwnVisit {
  usedAt = performance.now();
  readonly #visit: Visit;
  #telling: Telling;
  #step: Step = 'signed-out';
  #lost: VisitNow['lost'] = null;
  #servedBy: ServedBy | undefined;
  #remembers: Record<string, unknown> | null = null;
  #exchanges: ShownExchange[] = [];
  #lastExchange = 0;
  #replyHeaders: IncomingHttpHeaders | undefined;
  /** What the lab asks to show what is remembered is no step of the person. */
  #isAside = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: OwnVisitOptions) {
    const { customer, mode } = options;
    this.#visit = new Visit(customer, mode, this.#witness(), performance.now());
    this.#telling = tellingFor(this.#visit);
    customer.connection.onReplyHeaders = (headers) => (this.#replyHeaders = headers);
    customer.connection.onExchange = (exchange, cookies) => this.#show(exchange, cookies);
  }

  get now(): VisitNow {
    const { id, mode, name } = this.options;
    return {
      id,
      mode,
      name,
      pod: this.#servedBy?.pod ?? null,
      bootId: this.#servedBy?.bootId ?? null,
      step: this.#step,
      may: mayAt[this.#step],
      remembers: this.#remembers,
      carries: this.#carries(),
      lost: this.#lost,
      exchanges: this.#exchanges,
    };
  }

  /** Does one step after the other; what the bank says to it is in what is told. */
  ask(ask: VisitAsk): Promise<VisitNow> {
    const asked = this.#queue.then(() => this.#ask(ask));
    this.#queue = asked.catch(() => undefined);
    return asked;
  }

  /** Signs out where that goes, and hangs up. */
  async end(): Promise<void> {
    if (this.#step !== 'signed-out') await this.ask('sign-out').catch(() => undefined);
    await this.options.customer.connection.close();
  }

  async #ask(ask: VisitAsk): Promise<VisitNow> {
    this.usedAt = performance.now();
    if (!mayAt[this.#step].includes(ask)) {
      throw new CodedError('visit-step-refused', `Now you can: ${mayAt[this.#step].join(', ')}.`);
    }
    try {
      this.#step = await this.#do(ask);
      await this.#askAside();
    } catch (error) {
      if (error instanceof SessionLost) await this.#lose(error.cause);
      // What the bank refuses or leaves unanswered is in the last exchange; the step is as it was.
      else if (!(error instanceof Setback)) throw error;
    }
    return this.now;
  }

  async #do(ask: VisitAsk): Promise<Step> {
    const { customer } = this.options;
    switch (ask) {
      case 'sign-in':
        this.#telling = tellingFor(this.#visit);
        await this.#telling.signIn();
        this.#lost = null;
        return 'signed-in';
      case 'look':
        await this.#telling.look();
        return this.#step;
      case 'payee': {
        const savings = customer.accounts.find(({ kind }) => kind === 'savings') ?? customer.current;
        await this.#telling.payee(customer.current.id, savings.id);
        return 'payee';
      }
      case 'amount':
        await this.#telling.amount(100 * customer.transfers.freshAmountMinor(), customer.current.currency);
        return 'amount';
      case 'confirm':
        await this.#telling.confirm();
        return 'done';
      case 'sign-out':
        await this.#telling.signOut();
        this.#servedBy = undefined;
        return 'signed-out';
    }
  }

  async #lose(told: string): Promise<void> {
    const session = this.#visit.session;
    const pod = this.#servedBy?.pod ?? null;
    this.#visit.lose(told, transferStepOf(this.#step));
    this.#step = 'signed-out';
    this.#remembers = null;
    this.#lost = { cause: session === undefined ? told : await this.options.causeOf(session), told, pod };
    this.#servedBy = undefined;
  }

  /** Asks what the counter remembers, without a trace in what the person has done. */
  async #askAside(): Promise<void> {
    const { mode } = this.options;
    const { style, path } = modes[mode];
    if (style === 'stateless' || this.#step === 'signed-out') {
      this.#remembers = null;
      return;
    }
    const { connection } = this.options.customer;
    this.#isAside = true;
    try {
      const [session, transfer] = [
        await connection.send({ operation: 'remembered', method: 'GET', path }),
        await connection.send({ operation: 'remembered', method: 'GET', path: `${path}/transfer` }),
      ];
      // What another pod answers, or none, says nothing of what is remembered.
      if (session.outcome.kind !== 'ok') return;
      const overview = this.#exchanges.findLast(({ path: of }) => of === `${path}/overview`)?.replyBody ?? null;
      const draft = transfer.outcome.kind === 'ok' ? transfer.body : null;
      this.#remembers = { session: session.body, transfer: draft, overview };
    } finally {
      this.#isAside = false;
    }
  }

  #carries(): VisitNow['carries'] {
    const { customer, mode } = this.options;
    const telling = this.#telling;
    if (this.#step === 'signed-out' && this.#lost === null) return [];
    if (telling instanceof StatelessTelling) {
      const token = customer.credentials?.accessToken ?? '';
      const { continuation } = telling;
      const content = readToken(continuation)?.claims;
      return [
        carried('access token', token),
        ...(continuation === '' ? [] : [carried('continuation', continuation, JSON.stringify(content ?? {}))]),
      ];
    }
    return customer.connection.cookies.for(modes[mode].path).map((pair) => {
      const at = pair.indexOf('=');
      return carried(`cookie ${pair.slice(0, at)}`, pair.slice(at + 1));
    });
  }

  #show(exchange: Exchange, cookies: readonly string[]): void {
    const replyHeaders = exchange.status === undefined ? undefined : this.#replyHeaders;
    this.#replyHeaders = undefined;
    if (this.#isAside) return;
    const shown = showExchange(++this.#lastExchange, exchange, { host: this.options.host, cookies, replyHeaders });
    this.#exchanges = [...this.#exchanges, shown].slice(-exchangesKept);
  }

  #witness(): Witness {
    return {
      started: () => undefined,
      exchanged: (exchange) => {
        const { ask, servedBy, outcome } = exchange;
        this.options.exchanged(exchange);
        const atCounter = ask.path.startsWith(modes[this.options.mode].path);
        if (atCounter && servedBy !== undefined && outcome.kind !== 'session-lost') this.#servedBy = servedBy;
      },
      opened: () => undefined,
      ended: () => undefined,
      transferred: () => undefined,
      journeyed: () => undefined,
    };
  }
}

function carried(name: string, value: string, text = cut(value)): VisitNow['carries'][number] {
  return { name, bytes: Buffer.byteLength(value), text };
}

function transferStepOf(step: Step): TransferStep | undefined {
  if (step === 'payee') return 'amount';
  return step === 'amount' ? 'confirm' : undefined;
}
