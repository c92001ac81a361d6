import type { IncomingHttpHeaders } from 'node:http';
import { CodedError } from '#libs/service';
import type { BankCustomer } from '../customer.js';
import { clientFor } from '../scenario.js';
import type { RecordedRequest, ServedBy } from '../../http/recorded-request.js';
import { SessionLost, StepError } from '../../http/step-error.js';
import { StatelessClient } from '../stateless-client.js';
import type { StyleClient } from '../style-client.js';
import { ClientSession } from '../client-session.js';
import type { TransferStage, Observer, CustomerSession } from '../observer.js';
import type { RequestView, OwnSessionStep, OwnSessionSnapshot } from '../../protocol/actions.js';
import { modes, type ModeName } from '../modes.js';
import { cut, readToken } from './secrets.js';
import { viewRequest } from './request-view.js';

const requestsKept = 30;

type OwnStep = OwnSessionSnapshot['step'];

const mayAt: Readonly<Record<OwnStep, readonly OwnSessionStep[]>> = {
  'signed-out': ['sign-in'],
  'signed-in': ['look', 'payee', 'sign-out'],
  payee: ['look', 'amount', 'sign-out'],
  amount: ['look', 'confirm', 'sign-out'],
  done: ['look', 'payee', 'sign-out'],
};

export interface OwnSessionOptions {
  readonly id: string;
  readonly mode: ModeName;
  readonly customer: BankCustomer;
  /** As whom. */
  readonly name: string;
  readonly host: string;
  /** Shown each exchange, and asked why a session was lost. */
  readonly requestRecorded: (recorded: RecordedRequest) => void;
  readonly causeOf: (session: CustomerSession) => Promise<string>;
}

/** The own session of the person at the page: the lab asks in its place, and shows what travels. */
export class OwnSession {
  usedAt = performance.now();
  readonly #clientSession: ClientSession;
  #client: StyleClient;
  #step: OwnStep = 'signed-out';
  #lost: OwnSessionSnapshot['lost'] = null;
  #servedBy: ServedBy | undefined;
  #remembers: Record<string, unknown> | null = null;
  #recordings: RequestView[] = [];
  #lastRequest = 0;
  #replyHeaders: IncomingHttpHeaders | undefined;
  /** What the lab asks to show what is remembered is no step of the person. */
  #isAside = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: OwnSessionOptions) {
    const { customer, mode } = options;
    this.#clientSession = new ClientSession(customer, mode, this.#observer(), performance.now());
    this.#client = clientFor(this.#clientSession);
    customer.connection.onReplyHeaders = (headers) => (this.#replyHeaders = headers);
    customer.connection.onRecorded = (recorded, cookies) => this.#show(recorded, cookies);
  }

  get now(): OwnSessionSnapshot {
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
      recordings: this.#recordings,
    };
  }

  /** Does one step after the other; what the bank says to it is in what is told. */
  ask(ask: OwnSessionStep): Promise<OwnSessionSnapshot> {
    const asked = this.#queue.then(() => this.#ask(ask));
    this.#queue = asked.catch(() => undefined);
    return asked;
  }

  /** Signs out where that goes, and hangs up. */
  async end(): Promise<void> {
    if (this.#step !== 'signed-out') await this.ask('sign-out').catch(() => undefined);
    await this.options.customer.connection.close();
  }

  async #ask(ask: OwnSessionStep): Promise<OwnSessionSnapshot> {
    this.usedAt = performance.now();
    if (!mayAt[this.#step].includes(ask)) {
      throw new CodedError('own-session-step-refused', `Now you can: ${mayAt[this.#step].join(', ')}.`);
    }
    try {
      this.#step = await this.#do(ask);
      await this.#askAside();
    } catch (error) {
      if (error instanceof SessionLost) await this.#lose(error.cause);
      // What the bank refuses or leaves unanswered is in the last exchange; the step is as it was.
      else if (!(error instanceof StepError)) throw error;
    }
    return this.now;
  }

  async #do(ask: OwnSessionStep): Promise<OwnStep> {
    const { customer } = this.options;
    switch (ask) {
      case 'sign-in':
        this.#client = clientFor(this.#clientSession);
        await this.#client.signIn();
        this.#lost = null;
        return 'signed-in';
      case 'look':
        await this.#client.look();
        return this.#step;
      case 'payee': {
        const savings = customer.accounts.find(({ kind }) => kind === 'savings') ?? customer.current;
        await this.#client.payee(customer.current.id, savings.id);
        return 'payee';
      }
      case 'amount':
        await this.#client.amount(100 * customer.transfers.freshAmountMinor(), customer.current.currency);
        return 'amount';
      case 'confirm':
        await this.#client.confirm();
        return 'done';
      case 'sign-out':
        await this.#client.signOut();
        this.#servedBy = undefined;
        return 'signed-out';
    }
  }

  async #lose(reported: string): Promise<void> {
    const session = this.#clientSession.session;
    const pod = this.#servedBy?.pod ?? null;
    this.#clientSession.lose(reported, transferStepOf(this.#step));
    this.#step = 'signed-out';
    this.#remembers = null;
    this.#lost = { cause: session === undefined ? reported : await this.options.causeOf(session), reported, pod };
    this.#servedBy = undefined;
  }

  /** Asks what the service remembers, without a trace in what the person has done. */
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
      const overview = this.#recordings.findLast(({ path: of }) => of === `${path}/overview`)?.replyBody ?? null;
      const draft = transfer.outcome.kind === 'ok' ? transfer.body : null;
      this.#remembers = { session: session.body, transfer: draft, overview };
    } finally {
      this.#isAside = false;
    }
  }

  #carries(): OwnSessionSnapshot['carries'] {
    const { customer, mode } = this.options;
    const client = this.#client;
    if (this.#step === 'signed-out' && this.#lost === null) return [];
    if (client instanceof StatelessClient) {
      const token = customer.credentials?.accessToken ?? '';
      const { continuation } = client;
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

  #show(recorded: RecordedRequest, cookies: readonly string[]): void {
    const replyHeaders = recorded.status === undefined ? undefined : this.#replyHeaders;
    this.#replyHeaders = undefined;
    if (this.#isAside) return;
    const displayed = viewRequest(++this.#lastRequest, recorded, { host: this.options.host, cookies, replyHeaders });
    this.#recordings = [...this.#recordings, displayed].slice(-requestsKept);
  }

  #observer(): Observer {
    return {
      started: () => undefined,
      requestRecorded: (recorded) => {
        const { request: ask, servedBy, outcome } = recorded;
        this.options.requestRecorded(recorded);
        const atService = ask.path.startsWith(modes[this.options.mode].path);
        if (atService && servedBy !== undefined && outcome.kind !== 'session-lost') this.#servedBy = servedBy;
      },
      opened: () => undefined,
      ended: () => undefined,
      moved: () => undefined,
      contradicted: () => undefined,
      transferred: () => undefined,
      journeyed: () => undefined,
    };
  }
}

function carried(name: string, value: string, text = cut(value)): OwnSessionSnapshot['carries'][number] {
  return { name, bytes: Buffer.byteLength(value), text };
}

function transferStepOf(step: OwnStep): TransferStage | undefined {
  if (step === 'payee') return 'amount';
  return step === 'amount' ? 'confirm' : undefined;
}
