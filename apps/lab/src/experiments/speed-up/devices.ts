import { ClientSession } from '../../bank/client-session.js';
import type { PreparedRequest, RecordedRequest } from '../../http/recorded-request.js';
import { clientFor } from '../../bank/scenario.js';
import { bearerOf, signIn } from '../../bank/auth-client.js';
import { retrying } from '../../http/retry.js';
import type { BankCustomer } from '../../bank/customer.js';
import { CannotHere } from '../../platform/cannot-here.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { constantVirtualUsers } from '../../load/constant-virtual-users.js';
import { rampingArrivalRate } from '../../load/ramping-arrival-rate.js';
import { modes } from '../../bank/modes.js';
import type { LoadStep } from './saturation-point.js';
import { pageEntries } from './long-statements.js';
import { machineBusy } from './machine.js';
import { median } from '../../statistics/estimate.js';

/** Of each customer, for each pod: enough in all to keep it busy. */
const devicesEach = 2;
/** Nearly five times the guess. */
const maxSteps = 30;

interface Rise {
  /** Offered in the first step; each later one offers `factor` times the one before. */
  readonly perSecond: number;
  readonly factor: number;
  readonly stepMs: number;
  /**
   * The end: who comes now will wait for so long, by Little's law (Operations Research 9, 1961: as many wait as come in
   * the time that one waits).
   */
  readonly pastMs: number;
}

interface Device {
  readonly look: () => Promise<RecordedRequest>;
  /** The pod that its session lives in; undefined where there is none. */
  readonly home: string | undefined;
}

/** Devices that ask for the same again and again, in turn: a load of any rate that is even over pods and sessions. */
export class Devices {
  readonly #devices: Device[] = [];
  readonly #opened: BankCustomer[] = [];
  #looks: Device['look'][] = [];

  constructor(
    private readonly customers: readonly BankCustomer[],
    private readonly record: ModeRecord,
    private readonly maxPods: number,
  ) {}

  /** Opens a session for several devices of each customer. */
  async arrive(): Promise<void> {
    for (const customer of this.customers) {
      await bearerOf(customer, retrying(customer.connection));
      await Promise.all(Array.from({ length: devicesEach * this.maxPods }, () => this.#open(customer)));
    }
  }

  /**
   * From here on only these pods are asked, each by as many devices, which already have their sessions there: code that
   * was compiled for looks is thrown away when a pod opens sessions in between. Tokens are new, and last.
   *
   * @throws CannotHere when no session lives in one of them
   */
  async turnTo(pods: readonly string[]): Promise<void> {
    const homeless = this.#devices.filter(({ home }) => home === undefined);
    // A session asks for no token any more.
    if (homeless.length > 0) {
      for (const customer of this.customers) await signIn(customer, retrying(customer.connection));
    }
    const perPod = homeless.length / this.maxPods;
    const lines = pods.map((pod, index) => [
      ...this.#devices.filter(({ home }) => home === pod),
      ...homeless.slice(index * perPod, (index + 1) * perPod),
    ]);
    const shortest = Math.min(...lines.map(({ length }) => length));
    if (shortest === 0) throw new CannotHere('The front door opened no session in one of the pods.');
    this.#looks = Array.from({ length: shortest }, (_, turn) => lines.map((line) => line[turn]!.look)).flat();
  }

  /** How many a second are answered when each device asks again as soon as it has its answer. */
  async saturate(ms: number): Promise<number> {
    const [startedAt, warmMs] = [performance.now(), ms / 4];
    let answered = 0;
    const iterate = async (at: number, _: number, user: number): Promise<void> => {
      const recorded = await this.#looks[user]!();
      this.record.requestRecorded(recorded, at);
      if (recorded.endedAt > startedAt + warmMs && recorded.endedAt <= startedAt + ms) answered++;
    };
    await constantVirtualUsers({ users: this.#looks.length, durationMs: ms, iterate }).run();
    return (1_000 * answered) / (ms - warmMs);
  }

  /** Offers more and more, whatever is answered, until far too many wait. */
  async ramp({ perSecond, factor, stepMs, pastMs }: Rise): Promise<LoadStep[]> {
    const offered = Array.from({ length: maxSteps }, (_, step) => perSecond * factor ** step);
    const latencies: number[][] = [];
    let waiting = 0;
    const machine: number[] = [];
    const past = new AbortController();
    const startedAt = performance.now();
    let busy = machineBusy();
    const iterate = async (intendedAt: number, index: number): Promise<void> => {
      this.record.started(performance.now() - intendedAt);
      const step = Math.floor((intendedAt - startedAt) / stepMs);
      if (latencies[step] === undefined && step > 0) {
        machine[step - 1] = busy();
        busy = machineBusy();
      }
      const reported = (latencies[step] ??= []);
      if (++waiting > (offered[step]! * pastMs) / 1_000) past.abort();
      const recorded = await this.#looks[index % this.#looks.length]!();
      this.record.requestRecorded(recorded, intendedAt);
      waiting--;
      const ms = recorded.outcome.kind === 'ok' ? recorded.endedAt - intendedAt : Infinity;
      reported.push(ms);
    };
    await rampingArrivalRate({ perSecond: offered, stageMs: stepMs, iterate }).run(past.signal);
    machine.push(busy());
    return latencies.map((reported, step) => ({
      perSecond: offered[step]!,
      medianMs: median(reported) ?? Infinity,
      machine: machine[step]!,
    }));
  }

  /** Ends the sessions, too, or their pods would take the whole grace period to go. */
  async leave(): Promise<void> {
    const { style, path } = modes[this.record.mode];
    const leaving = this.#opened.map(async ({ connection }) => {
      if (style === 'stateful') await connection.send({ operation: 'close', method: 'DELETE', path });
      await connection.close();
    });
    await Promise.all(leaving);
  }

  async #open(customer: BankCustomer): Promise<void> {
    const device = customer.anotherDevice();
    this.#opened.push(device);
    device.credentials = customer.credentials;
    const { mode } = this.record;
    const clientSession = new ClientSession(device, mode, this.record, performance.now());
    const { style, path } = modes[mode];
    if (style === 'stateful') await clientFor(clientSession).signIn();
    const home = clientSession.session?.home?.pod;
    const page = `${path}/accounts/${customer.current.id}/entries?limit=${pageEntries}`;
    const request = (): PreparedRequest =>
      style === 'stateful'
        ? { operation: 'look', method: 'GET', path: `${path}/overview` }
        : { operation: 'look', method: 'GET', path: page, bearer: customer.credentials!.accessToken };
    clientSession.leave();
    this.#devices.push({ look: () => device.connection.send(request()), home });
  }
}
