import type { Account } from '#libs/bank';
import type { BankCustomer } from '../../bank/customer.js';
import { Scenario } from '../../bank/scenario.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import { SessionLost } from '../../http/step-error.js';
import { confirm, transfer } from '../../bank/transfer.js';
import { ClientSession } from '../../bank/client-session.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modes, type ModeName } from '../../bank/modes.js';
import { forgotten, misreading, type SeenOverview } from './misreading.js';

/** A customer with a past and a transfer under way, who notices when the teller forgets some of it. */
export class LongTimeCustomer {
  toNew = 0;
  toOld = 0;
  compared = 0;
  confirmed = 0;
  readonly misreadings: string[] = [];
  readonly #clientSession: ClientSession;
  #scenario: Scenario | undefined;
  #amountMinor = 0;
  #reported: SeenOverview | undefined;
  #atNew: boolean | undefined;

  constructor(
    readonly customer: BankCustomer,
    private readonly mode: ModeName,
    private readonly record: ModeRecord,
    private readonly young: ReadonlySet<string>,
  ) {
    this.#clientSession = new ClientSession(customer, mode, record, performance.now());
  }

  /** Pays, and gets as far as the last step with another transfer. */
  async begin(payee: Account): Promise<void> {
    const own = this.customer.current;
    const scenario = (this.#scenario = new Scenario(this.#clientSession, payee));
    await this.#keeping(async () => {
      await scenario.client.signIn();
      await scenario.client.look();
      await transfer(scenario);
      this.#amountMinor = this.customer.transfers.freshAmountMinor();
      await scenario.client.payee(own.id, scenario.payee.id);
      await scenario.client.amount(this.#amountMinor, own.currency);
    });
  }

  /** Compares what it is told with what it did, then with what it was told before, unless it had to ask twice. */
  async look(): Promise<void> {
    await this.#keeping(async () => {
      const failedBefore = this.record.failed;
      const path = `${modes[this.mode].path}/overview`;
      const { body, servedBy } = await this.#clientSession.request({ operation: 'look', method: 'GET', path });
      this.#met(servedBy);
      const now = body as SeenOverview;
      if (this.record.failed === failedBefore) this.#compare(now);
      this.#reported = now;
    });
  }

  async confirm(): Promise<void> {
    const scenario = this.#scenario;
    if (scenario === undefined || this.#clientSession.session === undefined) return;
    await this.#keeping(async () => {
      const { current, transfers } = this.customer;
      const attempt = transfers.write(this.mode, current.id, scenario.payee.id, this.#amountMinor);
      await confirm(this.#clientSession, scenario.client, attempt);
      this.confirmed++;
    });
  }

  leave(): void {
    this.#clientSession.leave();
  }

  /** A session that is lost is not opened again: what it knew is gone. */
  async #keeping(act: () => Promise<void>): Promise<void> {
    if (this.#scenario !== undefined && this.#reported !== undefined && this.#clientSession.session === undefined)
      return;
    try {
      await act();
    } catch (error) {
      if (error instanceof SessionLost) this.#clientSession.lose(error.cause, undefined);
      throw error;
    }
  }

  #compare(now: SeenOverview): void {
    const { payee } = this.#scenario!;
    const wrong =
      this.#reported === undefined ? forgotten(now, payee.id, this.#amountMinor) : misreading(this.#reported, now);
    this.compared++;
    if (wrong !== undefined) this.misreadings.push(wrong);
  }

  #met(servedBy: RecordedRequest['servedBy']): void {
    if (servedBy === undefined) return;
    const isNew = this.young.has(servedBy.pod);
    if (this.#atNew === false && isNew) this.toNew++;
    if (this.#atNew === true && !isNew) this.toOld++;
    this.#atNew = isNew;
  }
}
