import type { Account, Customer } from '../../customers/customer.js';
import { Errand } from '../../customers/errand.js';
import type { Exchange } from '../../customers/exchange.js';
import { SessionLost } from '../../customers/setback.js';
import { confirm, transfer } from '../../customers/transfer.js';
import { Visit } from '../../customers/visit.js';
import type { ModeRecord } from '../../load/mode-record.js';
import { modes, type ModeName } from '../../modes.js';
import { forgotten, misreading, type Overview } from './misreading.js';

/** A customer with a past at the counter and a transfer under way, who notices when the teller forgets some of it. */
export class Regular {
  toNew = 0;
  toOld = 0;
  compared = 0;
  confirmed = 0;
  readonly misreadings: string[] = [];
  readonly #visit: Visit;
  #errand: Errand | undefined;
  #amountMinor = 0;
  #told: Overview | undefined;
  #atNew: boolean | undefined;

  constructor(
    readonly customer: Customer,
    private readonly mode: ModeName,
    private readonly record: ModeRecord,
    private readonly young: ReadonlySet<string>,
  ) {
    this.#visit = new Visit(customer, mode, record, performance.now());
  }

  /** Pays, and gets as far as the last step with another transfer. */
  async begin(payee: Account): Promise<void> {
    const own = this.customer.current;
    const errand = (this.#errand = new Errand(this.#visit, payee));
    await this.#keeping(async () => {
      await errand.telling.signIn();
      await errand.telling.look();
      await transfer(errand);
      this.#amountMinor = this.customer.transfers.freshAmountMinor();
      await errand.telling.payee(own.id, errand.payee.id);
      await errand.telling.amount(this.#amountMinor, own.currency);
    });
  }

  /** Compares what it is told with what it did, then with what it was told before, unless it had to ask twice. */
  async look(): Promise<void> {
    await this.#keeping(async () => {
      const failedBefore = this.record.failed;
      const path = `${modes[this.mode].path}/overview`;
      const { body, servedBy } = await this.#visit.ask({ operation: 'look', method: 'GET', path });
      this.#met(servedBy);
      const now = body as Overview;
      if (this.record.failed === failedBefore) this.#compare(now);
      this.#told = now;
    });
  }

  async confirm(): Promise<void> {
    const errand = this.#errand;
    if (errand === undefined || this.#visit.session === undefined) return;
    await this.#keeping(async () => {
      const { current, transfers } = this.customer;
      const attempt = transfers.write(this.mode, current.id, errand.payee.id, this.#amountMinor);
      await confirm(this.#visit, errand.telling, attempt);
      this.confirmed++;
    });
  }

  leave(): void {
    this.#visit.leave();
  }

  /** A session that is lost is not opened again: what it knew is gone. */
  async #keeping(act: () => Promise<void>): Promise<void> {
    if (this.#errand !== undefined && this.#told !== undefined && this.#visit.session === undefined) return;
    try {
      await act();
    } catch (error) {
      if (error instanceof SessionLost) this.#visit.lose(error.cause, undefined);
      throw error;
    }
  }

  #compare(now: Overview): void {
    const { payee } = this.#errand!;
    const wrong = this.#told === undefined ? forgotten(now, payee.id, this.#amountMinor) : misreading(this.#told, now);
    this.compared++;
    if (wrong !== undefined) this.misreadings.push(wrong);
  }

  #met(servedBy: Exchange['servedBy']): void {
    if (servedBy === undefined) return;
    const isNew = this.young.has(servedBy.pod);
    if (this.#atNew === false && isNew) this.toNew++;
    if (this.#atNew === true && !isNew) this.toOld++;
    this.#atNew = isNew;
  }
}
