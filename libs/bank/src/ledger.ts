import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type Clock, CodedError, isRedisFault, isRedisRefusal, systemClock } from '#libs/service';
import { type Account, type CustomerAccountKind, type EntryPage, customerAccountKinds } from './accounts.js';
import { type AuditResult, audit } from './audit.js';
import { type EntryFields, type LedgerKeys, ledgerKeys, readEntry, readStoredReply, treasuryId } from './layout.js';
import { LedgerError, isLedgerErrorCode } from './ledger-error.js';
import { type LedgerCommands, ledgerCommands } from './scripts/commands.js';
import { StoreClock } from './store-clock.js';
import type { TransferOrder, TransferResult } from './transfers.js';

export interface LedgerOptions {
  /** Every key starts with it. */
  readonly prefix: string;
  /** How long a transfer's key is remembered; 24 hours unless set. */
  readonly idempotencyTtlSeconds: number;
  readonly clock: Clock;
  /** Ids of accounts and transfers: unique, of letters, digits and hyphens. */
  readonly newId: () => string;
}

/** The money. Whatever moves it is one script in Redis, so that any number of processes may share a ledger. */
export class Ledger {
  readonly #keys: LedgerKeys;
  readonly #commands: LedgerCommands;
  readonly #options: LedgerOptions;
  readonly #storeClock: StoreClock;
  readonly #inFlight = new Set<string>();

  constructor(
    private readonly redis: Redis,
    options: Partial<LedgerOptions> & Pick<LedgerOptions, 'prefix'>,
  ) {
    this.#options = { idempotencyTtlSeconds: 86_400, clock: systemClock, newId: randomUUID, ...options };
    this.#keys = ledgerKeys(options.prefix);
    this.#commands = ledgerCommands(redis);
    this.#storeClock = new StoreClock(redis);
  }

  /**
   * Opens a current and a savings account with deposits from the treasury; an owner who has accounts keeps those.
   * @param openings deposits in minor units, 0 or more
   * @returns the owner's accounts
   * @throws LedgerError balance-overflow when the treasury can't give that much
   */
  async openAccounts(
    owner: string,
    currency: string,
    openings: Readonly<Record<CustomerAccountKind, number>>,
  ): Promise<Account[]> {
    if (owner === '') throw new TypeError('an account needs an owner');
    const { clock, newId } = this.#options;
    const accounts = customerAccountKinds.map((kind) => ({ id: newId(), kind, deposit: openings[kind] }));
    for (const { deposit } of accounts) requireMinor(deposit, 0);
    const treasury = treasuryId(currency);
    const keys = [
      this.#keys.accounts(owner),
      this.#keys.sequence,
      ...[treasury, ...accounts.map(({ id }) => id)].flatMap((id) => [this.#keys.account(id), this.#keys.entries(id)]),
    ];
    const reply = await this.#commands.ledgerOpenAccounts(
      keys.length,
      ...keys,
      owner,
      currency,
      treasury,
      String(clock.now()),
      ...accounts.flatMap(({ id, kind, deposit }) => [id, kind, String(deposit), newId()]),
    );
    refuseIfBroken(reply);
    return this.accounts(owner);
  }

  /**
   * Closes the accounts of an owner who never moved money: their deposits go back to the treasury, whose statement alone
   * tells of them from then on.
   * @param record a key that goes with them, if it still holds this value
   * @returns false, and nothing was done, where money was moved or the record is another one
   */
  async closeUnused(owner: string, record: { readonly key: string; readonly value: string }): Promise<boolean> {
    const { clock, newId } = this.#options;
    const reply = await this.#commands.ledgerCloseUnused(
      this.#keys.accounts(owner),
      this.#keys.sequence,
      record.key,
      owner,
      record.value,
      String(clock.now()),
      this.#keys.account(''),
      this.#keys.entries(''),
      ...customerAccountKinds.map(() => newId()),
    );
    return reply === 'closed';
  }

  /** The owner's accounts, in the order of opening, in one round trip; none for a stranger. */
  async accounts(owner: string): Promise<Account[]> {
    const found = await this.#commands.ledgerAccounts(this.#keys.accounts(owner), this.#keys.account(''));
    return found.map(([id, kind, currency, balance]) => ({
      id,
      kind: kind as CustomerAccountKind,
      currency,
      balanceMinor: Number(balance),
    }));
  }

  /**
   * One account, in one round trip.
   * @throws LedgerError account-not-found, also when it is somebody else's
   */
  async account(owner: string, id: string): Promise<Account> {
    const [holder, kind, currency, balance] = await this.redis.hmget(this.#keys.account(id), 'o', 'k', 'c', 'b');
    if (!holder || holder !== owner) throw new LedgerError('account-not-found');
    return { id, kind: kind as CustomerAccountKind, currency: currency!, balanceMinor: Number(balance) };
  }

  /**
   * A page of an account's entries, oldest first, in one round trip.
   * @param page.after the `next` of the page before; none for the first page
   * @param page.limit most entries on the page
   * @throws LedgerError account-not-found, also when it is somebody else's
   */
  async entries(owner: string, id: string, page: { after?: string | undefined; limit: number }): Promise<EntryPage> {
    const start = page.after === undefined ? '-' : `(${page.after}-0`;
    const [holder, found] = await Promise.all([
      this.redis.hget(this.#keys.account(id), 'o'),
      // One more than asked tells whether another page follows.
      this.redis.xrange(this.#keys.entries(id), start, '+', 'COUNT', page.limit + 1),
    ]);
    if (!holder || holder !== owner) throw new LedgerError('account-not-found');
    const entries = found.slice(0, page.limit).map((entry) => statementLine(readEntry(entry)));
    return { entries, next: found.length > page.limit ? entries.at(-1)!.id : null };
  }

  /**
   * Moves money from an account of the owner's to anybody's, once for each key however often it is asked.
   * @param key the caller's idempotency key, the owner's own
   * @throws LedgerError with the code of the rule that was broken, which leaves the key unused; outcome-unknown when
   *   Redis did not answer in time, and transfer-in-flight while this process is at it with the same key, both with
   *   `idempotencyKey` and `order`. What was not answered in time never acts after that time, when the same key may have been
   *   refused. CodedError store-unavailable when nothing was done because the store was reached too late
   */
  async transfer(owner: string, key: string, order: TransferOrder): Promise<TransferResult> {
    requireMinor(order.amountMinor, 1);
    const idempotencyKey = this.#keys.idempotency(owner, key);
    const deadline = await this.#deadline();
    // All that it takes to ask again, from wherever: the session that made the key may be over by then.
    const open = { idempotencyKey: key, order };
    if (this.#inFlight.has(idempotencyKey)) throw new LedgerError('transfer-in-flight', open);
    this.#inFlight.add(idempotencyKey);
    try {
      return await this.#transferOnce(owner, key, idempotencyKey, order, deadline);
    } catch (error) {
      const isUnknown = isRedisFault(error) && !isRedisRefusal(error);
      throw isUnknown ? new LedgerError('outcome-unknown', open, { cause: error }) : error;
    } finally {
      this.#inFlight.delete(idempotencyKey);
    }
  }

  /** Checks the whole ledger while it is in use; see {@link audit}. */
  audit(): Promise<AuditResult> {
    return audit(this.redis, this.#options.prefix, this.#options);
  }

  async #transferOnce(
    owner: string,
    key: string,
    idempotencyKey: string,
    { from, to, amountMinor, currency, reference }: TransferOrder,
    deadline: string,
  ): Promise<TransferResult> {
    const ownId = this.#options.newId();
    const [storeMs, reply] = await this.#commands.ledgerTransfer(
      idempotencyKey,
      this.#keys.sequence,
      this.#keys.account(from),
      this.#keys.account(to),
      this.#keys.entries(from),
      this.#keys.entries(to),
      owner,
      from,
      to,
      String(amountMinor),
      currency,
      reference ?? '',
      key,
      ownId,
      String(this.#options.clock.now()),
      String(this.#options.idempotencyTtlSeconds),
      deadline,
    );
    this.#storeClock.see(Number(storeMs));
    if (reply === 'too-late')
      throw new CodedError('store-unavailable', 'The ledger was reached too late, and did nothing.');
    refuseIfBroken(reply);
    const { transferId, atMs } = readStoredReply(reply);
    const at = new Date(atMs).toISOString();
    const transfer = { transferId, from, to, amountMinor, currency, ...(reference && { reference }), at };
    // A command that ioredis sent again finds its own work done: that is no repeat of the caller's.
    return { transfer, replayed: transferId !== ownId };
  }

  /** Until when a command that is sent now may act, by the store's clock: by then its caller hears that it was not answered. */
  async #deadline(): Promise<string> {
    const { commandTimeout } = this.redis.options;
    if (commandTimeout === undefined) return '0';
    return String(Math.floor((await this.#storeClock.now()) + commandTimeout));
  }
}

/** Scripts reply with the code of a broken rule, and after it the field at fault. */
function refuseIfBroken(reply: string): void {
  const [code = '', field] = reply.split(' ', 2);
  if (isLedgerErrorCode(code)) throw new LedgerError(code, field ? { field } : {});
}

function requireMinor(amount: number, min: number): void {
  if (!Number.isSafeInteger(amount) || amount < min) throw new RangeError(`not an amount in minor units: ${amount}`);
}

function statementLine(entry: EntryFields) {
  const { sequence, transferId, amountMinor, balanceMinor, counterparty, reference, atMs } = entry;
  const at = new Date(atMs).toISOString();
  return {
    id: String(sequence),
    transferId,
    amountMinor,
    balanceMinor,
    counterparty,
    ...(reference && { reference }),
    at,
  };
}
