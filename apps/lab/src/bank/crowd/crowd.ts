import type { CrowdOption } from '../../protocol/actions.js';
import type { CrowdSnapshot, CrowdSettings, CustomerSnapshot, LossSnapshot } from '../../protocol/snapshots.js';
import { lossesKept } from '../../protocol/changes.js';
import type { Observer, CustomerSession } from '../observer.js';
import { BankRecorder } from '../mode-record.js';
import { LossLedger, type LossRow } from '../../losses/loss-ledger.js';
import { modeNames, modes, type ModeName } from '../modes.js';
import type { Platform } from '../../platform/platform.js';
import { ModeArrivals } from './mode-arrivals.js';
import { CrowdHealth } from './crowd-health.js';
import { CrowdObserver } from './crowd-observer.js';
import { ModeReader } from './mode-reader.js';
import { UserPool } from './user-pool.js';
import { PodLatencies } from './pod-latencies.js';
import { bankLosses } from '../losses.js';

export interface CrowdOptions {
  readonly platform: Pick<Platform, 'baseUrl' | 'pods' | 'watch'>;
  /** Of those that the bank has. */
  readonly modes: readonly ModeName[];
  readonly available: readonly ModeName[];
  readonly customers: number;
  readonly arrivalsPerSecond: number;
  readonly seed: number;
  readonly thinkMs?: number;
  /** Makes a mode ready for its first customer; who come meanwhile wait for it. */
  readonly prepare?: (mode: ModeName) => Promise<void>;
  /** Told in a sentence what no customer should meet. */
  readonly fault: (sentence: string) => void;
}

export const maxCustomers = 500;
export const maxArrivals = 50;
const settleEveryMs = 250;
/** Over so long it is told what is lost although nothing was done. */
const standingMs = 10_000;

/** What can be asked to change. */
export interface DesiredCrowd extends CrowdOption {
  readonly modes?: readonly ModeName[];
}

/** Customers in all modes that are compared, who come and go for as long as the lab runs. */
export class Crowd {
  readonly recorder: BankRecorder;
  readonly #losses = new LossLedger(bankLosses);
  readonly #stopping = new AbortController();
  readonly #userPool: UserPool;
  readonly #answers = new PodLatencies();
  readonly #health = new CrowdHealth();
  readonly #executors = new Map<ModeName, { readonly executor: ModeArrivals; readonly reader: ModeReader }>();
  readonly #customers = new Map<number, CustomerSnapshot>();
  readonly #whose = new WeakMap<CustomerSession, Pick<LossSnapshot, 'customer' | 'at'>>();
  readonly #ready = new Set<ModeName>();
  readonly #preparing = new Set<ModeName>();
  #listed: readonly CustomerSnapshot[] | undefined;
  #lost: readonly LossSnapshot[] = [];
  /** The oldest first. */
  #lossesBefore: readonly { readonly at: number; readonly rows: readonly LossRow<ModeName>[] }[] = [];
  #settings: Omit<CrowdSettings, 'modes'> & { readonly modes: readonly ModeName[] };
  #lastId = 0;
  #behindInAll: string | null = null;
  #atHome = true;
  #settling: NodeJS.Timeout | undefined;

  constructor(private readonly options: CrowdOptions) {
    const { platform, customers, arrivalsPerSecond, thinkMs = 2_000 } = options;
    this.recorder = new BankRecorder(this.#losses);
    this.#userPool = new UserPool(platform.baseUrl, this.#stopping.signal);
    this.#settings = {
      modes: inOrder(options.modes),
      available: inOrder(options.available),
      customers,
      arrivalsPerSecond,
      maxCustomers,
      maxArrivals,
      thinkMs,
    };
  }

  /** Lets customers come. */
  async open(): Promise<this> {
    await this.#losses.open(this.options.platform);
    this.#settling = setInterval(() => this.#settle(), settleEveryMs);
    this.comeBack();
    return this;
  }

  get now(): CrowdSnapshot {
    this.#listed ??= [...this.#customers.values()];
    const [rows, elapsedMs, { behind }] = [this.lossRows, this.recorder.elapsedMs(), this.#health];
    const executors = this.#settings.modes.map((mode) => this.#at(mode).reader.read(rows, elapsedMs, behind));
    return { settings: this.#settings, customers: this.#listed, modes: executors, losses: this.#lost };
  }

  /** All that was lost and failed so far, by cause: as many as the records count. */
  get lossRows(): readonly LossRow<ModeName>[] {
    return this.#losses.rows();
  }

  /** Customers of these modes whose session went with its pod, and who have not come back to find out. */
  awaitedIn(chosen: readonly ModeName[]): number {
    const records = this.recorder.records().filter(({ mode }) => chosen.includes(mode));
    return records.reduce((sum, { open }) => sum + this.#losses.awaited(open), 0);
  }

  /** What was lost and failed some seconds ago, and how long ago that is: the rest came since, by itself. */
  get lossesBefore(): { readonly rows: readonly LossRow<ModeName>[]; readonly agoMs: number } {
    const [oldest] = this.#lossesBefore;
    return oldest === undefined
      ? { rows: this.lossRows, agoMs: 0 }
      : { rows: oldest.rows, agoMs: performance.now() - oldest.at };
  }

  change({ modes: chosen = this.#settings.modes, ...numbers }: DesiredCrowd): CrowdSettings {
    this.#settings = { ...this.#settings, ...numbers, modes: inOrder(chosen) };
    this.#admit();
    return this.#settings;
  }

  /** Resolves when a mode can be come to, whether or not the crowd does. */
  ready(mode: ModeName): Promise<void> {
    return this.options.prepare?.(mode) ?? Promise.resolve();
  }

  /** Resolves when nobody is in any mode; nobody comes until `comeBack`. */
  async sendHome(): Promise<void> {
    this.#atHome = true;
    await Promise.all([...this.#executors.values()].map(({ executor }) => executor.empty()));
  }

  comeBack(): void {
    if (this.#stopping.signal.aborted) return;
    this.#atHome = false;
    this.#admit();
  }

  /** Requests that each pod has answered since this was asked before. */
  takeAnswered(): Record<string, number> {
    return this.#answers.take();
  }

  /** Once it is closed: why latencies of the whole time tell of the lab rather than of the bank; null where they do not. */
  get behindInAll(): string | null {
    return this.#behindInAll;
  }

  p99MsOf(pod: string): number | null {
    return this.#health.behind === null ? this.#answers.p99Ms(pod, this.recorder.elapsedMs()) : null;
  }

  async close(): Promise<void> {
    this.#behindInAll = this.#health.end();
    this.#stopping.abort();
    await this.sendHome();
    await this.#userPool.close();
    clearInterval(this.#settling);
    this.#losses.close();
  }

  #admit(): void {
    const { modes: chosen, customers, arrivalsPerSecond } = this.#settings;
    for (const mode of modeNames) {
      if (!chosen.includes(mode) || this.#atHome) this.#executors.get(mode)?.executor.admit(0, 0);
      else if (this.#ready.has(mode)) this.#at(mode).executor.admit(customers, arrivalsPerSecond);
      else void this.#prepare(mode);
    }
  }

  async #prepare(mode: ModeName): Promise<void> {
    if (this.#preparing.has(mode)) return;
    this.#preparing.add(mode);
    const { prepare = async () => undefined, fault } = this.options;
    try {
      await prepare(mode);
      this.#ready.add(mode);
      this.#admit();
    } catch (error) {
      fault(`The mode at ${modes[mode].path} is not open: ${(error as Error).message}`);
    } finally {
      this.#preparing.delete(mode);
    }
  }

  #at(mode: ModeName) {
    const known = this.#executors.get(mode);
    if (known !== undefined) return known;
    const { seed, fault } = this.options;
    const executor = new ModeArrivals({
      mode,
      userPool: this.#userPool,
      seed: seed + modeNames.indexOf(mode),
      thinkMs: this.#settings.thinkMs,
      came: () => this.#came(mode),
      fault: (error) => fault(`The lab's customers at ${modes[mode].path}: ${error.message}`),
    });
    const made = { executor, reader: new ModeReader(this.recorder.of(mode), this.#losses) };
    this.#executors.set(mode, made);
    return made;
  }

  #came(mode: ModeName): { observer: Observer; gone: () => void } {
    const id = ++this.#lastId;
    this.#put({ id, mode, pod: null });
    const observer = new CrowdObserver(this.recorder.of(mode), {
      started: (lateMs) => this.#health.started(lateMs),
      answered: ({ pod }, latencyMs) => this.#answers.add(pod, this.recorder.elapsedMs(), latencyMs),
      isAt: (pod) => {
        if (this.#customers.get(id)?.pod !== pod) this.#put({ id, mode, pod });
      },
      lost: (session) => this.#whose.set(session, { customer: id, at: Date.now() }),
    });
    const gone = (): void => {
      this.#customers.delete(id);
      this.#listed = undefined;
    };
    return { observer, gone };
  }

  #put(customer: CustomerSnapshot): void {
    this.#customers.set(customer.id, customer);
    this.#listed = undefined;
  }

  #settle(): void {
    const now = performance.now();
    this.#lossesBefore = [
      ...this.#lossesBefore.filter((one) => now - one.at < standingMs),
      { at: now, rows: this.lossRows },
    ];
    const last = this.#lost.at(-1)?.id ?? 0;
    const settled = this.#losses.settle().map(({ session, cause }, index): LossSnapshot => {
      const { customer, at } = this.#whose.get(session) ?? { customer: 0, at: Date.now() };
      const unfinished = session.end?.how === 'lost' ? (session.end.unfinished ?? null) : null;
      return {
        id: last + index + 1,
        at,
        mode: session.mode,
        customer,
        pod: session.home?.pod ?? null,
        bootId: session.home?.bootId ?? null,
        cause,
        unfinished,
      };
    });
    if (settled.length > 0) this.#lost = [...this.#lost, ...settled].slice(-lossesKept);
  }
}

const inOrder = (chosen: readonly ModeName[]): ModeName[] => modeNames.filter((mode) => chosen.includes(mode));
