import { Visit } from '../../customers/visit.js';
import type { Ask, Exchange } from '../../customers/exchange.js';
import { tellingFor } from '../../customers/errand.js';
import type { CustomerPool } from '../../customers/pool.js';
import { bearerOf } from '../../customers/sign-in.js';
import { askingBy } from '../../customers/asking.js';
import type { Customer } from '../../customers/customer.js';
import type { ModeRecord } from '../../load/mode-record.js';
import { openLoop } from '../../load/open-loop.js';
import { modes } from '../../modes.js';
import { p90, type Step } from './knee.js';

const devicesEach = 4;
const mostCustomers = 24;
/** Steps of the rise, as parts of what the pods bore before; each takes so long. */
const rise = [0.6, 0.8, 0.95, 1.1, 1.25, 1.4];
const stepMs = 700;

/** Devices that ask for the same again and again, in turn: a load of any rate that is even over pods and sessions. */
export class Lookers {
  readonly #looks: (() => Promise<Exchange>)[] = [];
  readonly #devices: Customer[] = [];

  constructor(private readonly record: ModeRecord) {}

  /** Opens a visit at the counter for several devices of each customer. */
  async arrive(pool: CustomerPool): Promise<void> {
    for (const customer of pool.customers.slice(0, mostCustomers)) {
      const bearer = await bearerOf(customer, askingBy(customer.connection));
      await Promise.all(Array.from({ length: devicesEach }, () => this.#open(customer, bearer)));
    }
  }

  /** How many a second are answered when each device asks again as soon as it has its answer. */
  async saturate(ms: number): Promise<number> {
    const [startedAt, warmMs] = [performance.now(), ms / 4];
    let answered = 0;
    const asks = this.#looks.map(async (look) => {
      for (let at = startedAt; at < startedAt + ms; at = performance.now()) {
        const exchange = await look();
        this.record.exchanged(exchange, at);
        if (exchange.endedAt > startedAt + warmMs && exchange.endedAt <= startedAt + ms) answered++;
      }
    });
    await Promise.all(asks);
    return (1_000 * answered) / (ms - warmMs);
  }

  /** Offers more and more, around that rate, whatever is answered. */
  async climb(perSecond: number): Promise<Step[]> {
    const latencies = rise.map((): number[] => []);
    const startedAt = performance.now();
    const start = async (intendedAt: number, index: number): Promise<void> => {
      this.record.started(performance.now() - intendedAt);
      const exchange = await this.#looks[index % this.#looks.length]!();
      this.record.exchanged(exchange, intendedAt);
      const step = Math.min(rise.length - 1, Math.floor((intendedAt - startedAt) / stepMs));
      latencies[step]!.push(exchange.outcome.kind === 'ok' ? exchange.endedAt - intendedAt : Infinity);
    };
    await openLoop({ arrivals: risingArrivals(perSecond), durationMs: rise.length * stepMs, start });
    return rise.map((part, index) => ({ perSecond: part * perSecond, p90Ms: p90(latencies[index]!) }));
  }

  async leave(): Promise<void> {
    await Promise.all(this.#devices.map(({ connection }) => connection.close()));
  }

  async #open(customer: Customer, bearer: string): Promise<void> {
    const device = customer.anotherDevice();
    this.#devices.push(device);
    device.credentials = customer.credentials;
    const { mode } = this.record;
    const visit = new Visit(device, mode, this.record, performance.now());
    const { style, path } = modes[mode];
    if (style === 'stateful') await tellingFor(visit).signIn();
    const ask: Ask =
      style === 'stateful'
        ? { operation: 'look', method: 'GET', path: `${path}/overview` }
        : { operation: 'look', method: 'GET', path: `${path}/accounts`, bearer };
    visit.leave();
    this.#looks.push(() => device.connection.send(ask));
  }
}

/** Evenly spaced, so that the rate alone decides how full the pods are. */
function* risingArrivals(perSecond: number): Generator<number, never> {
  for (let at = 0; ;) {
    yield at;
    at += 1_000 / (perSecond * rise[Math.min(rise.length - 1, Math.floor(at / stepMs))]!);
  }
}
