import { setTimeout as delay } from 'node:timers/promises';

/** What a client does next, and whether the reply reaches it. */
export interface Move {
  readonly act: 'begin' | 'payee' | 'amount' | 'confirm' | 'show' | 'overview' | 'drop' | 'sign-out';
  readonly amountMinor: number;
  readonly isLost: boolean;
  /** Whether it hears what it asked before first. */
  readonly waits: boolean;
  readonly pauseMs: number;
  /** Which pod the front door leads it to, where it may choose. */
  readonly pod: number;
}

/** One request and what came of it; without a status when the client heard nothing. Times are of one clock. */
export interface ModelExchange {
  readonly act: Move['act'];
  readonly sentAt: number;
  heardAt: number;
  status?: number;
  body?: ModelReply;
}

/** Whatever of a transfer, a draft or a problem a reply has. */
export interface ModelReply {
  readonly type?: string;
  readonly transferId?: string;
  readonly idempotencyKey?: string;
  readonly order?: Order;
  readonly to?: string;
  readonly amountMinor?: number;
  readonly next?: string | null;
}

export interface Order {
  readonly from: string;
  readonly to: string;
  readonly amountMinor: number;
  readonly currency: string;
}

const requests = {
  begin: ['POST', '/transfer'],
  payee: ['PUT', '/transfer/payee'],
  amount: ['PUT', '/transfer/amount'],
  confirm: ['POST', '/transfer/confirm'],
  show: ['GET', '/transfer'],
  overview: ['GET', '/overview'],
  drop: ['DELETE', '/transfer'],
  'sign-out': ['DELETE', ''],
} as const;

/** A client of one session, that asks without waiting and remembers what it heard. */
export class ModelClient {
  readonly exchanges: ModelExchange[] = [];
  readonly #open: Promise<unknown>[] = [];

  constructor(
    private readonly baseOf: (pod: number) => string,
    private readonly cookie: string,
    private readonly payees: readonly string[],
  ) {}

  async play(moves: readonly Move[]): Promise<void> {
    for (const move of moves) {
      if (move.waits) await this.heard();
      this.#open.push(this.ask(move));
      await delay(move.pauseMs);
    }
    await this.heard();
  }

  async ask({
    act,
    amountMinor,
    isLost,
    pod,
  }: Pick<Move, 'act' | 'amountMinor' | 'isLost' | 'pod'>): Promise<ModelExchange> {
    const [method, path] = requests[act];
    const exchange: ModelExchange = { act, sentAt: performance.now(), heardAt: Infinity };
    this.exchanges.push(exchange);
    const body = { amount: { amountMinor, currency: 'EUR' }, payee: { to: this.payees[amountMinor % 2] } }[
      act as string
    ];
    try {
      const reply = await fetch(`${this.baseOf(pod)}${path}`, {
        method,
        headers: { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      if (isLost) return exchange;
      exchange.status = reply.status;
      if (text !== '') exchange.body = JSON.parse(text) as ModelReply;
      exchange.heardAt = performance.now();
    } catch {
      // The connection went, and the reply with it.
    }
    return exchange;
  }

  async heard(): Promise<void> {
    await Promise.all(this.#open);
  }
}
