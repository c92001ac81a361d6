import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LedgerError } from '#libs/bank';
import { hasRedisServer, RedisServer, startIssuer, type TestIssuer } from '#libs/testing';
import { ModelBank, stores, type Fault, type Store } from './bank.js';
import type { Move } from './client.js';
import { falsehoods, isOpen, mayBeRefused } from './oracle.js';

/** Runs of each store, of up to a hundred customers each; MODEL_SEED and MODEL_PATH repeat one that failed. */
const runs = Number(process.env['MODEL_RUNS'] ?? 5);
const { MODEL_SEED, MODEL_PATH } = process.env;

const move = fc.record<Move>({
  act: fc.oneof(
    { weight: 8, arbitrary: fc.constant('confirm' as const) },
    { weight: 4, arbitrary: fc.constant('amount' as const) },
    { weight: 6, arbitrary: fc.constantFrom('payee', 'show', 'overview', 'begin', 'drop') },
    { weight: 2, arbitrary: fc.constant('sign-out' as const) },
  ),
  // Some are more than an account holds.
  amountMinor: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constant(100_000)),
  isLost: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  waits: fc.boolean(),
  pauseMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 300 })),
  pod: fc.nat(1),
});
const story = fc.record({
  histories: fc.array(fc.array(move, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 100, size: 'max' }),
  faults: fc.array(
    fc.record<Fault>({
      kind: fc.constantFrom('pause', 'fill', 'demote', 'cut', 'stop'),
      afterMs: fc.nat(400),
      forMs: fc.integer({ min: 20, max: 900 }),
    }),
    { maxLength: 4 },
  ),
  idleTimeoutMs: fc.constantFrom(60_000, 60_000, 250),
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

const ready: Move[] = (['begin', 'payee', 'amount'] as const).map((act) => ({
  act,
  amountMinor: 3,
  isLost: false,
  waits: true,
  pauseMs: 0,
  pod: 0,
}));
const code = (settled: unknown) => (settled instanceof LedgerError ? settled.code : undefined);
const last = { amountMinor: 0, isLost: false, pod: 1 };

async function play(bank: ModelBank, { histories, faults }: Story): Promise<string[]> {
  const payees = (await bank.ledger.openAccounts('bob', 'EUR', { current: 0, savings: 0 })).map(({ id }) => id);
  const customers = await Promise.all(histories.map((_, index) => bank.customer(`ada-${index}`, payees)));
  await Promise.all(customers.map(({ client }) => client.play(ready)));
  const weather = (async () => {
    for (const fault of faults) {
      await delay(fault.afterMs);
      const begun = bank.begin(fault);
      await delay(fault.forMs);
      await bank.end(fault);
      await begun;
    }
  })();
  await Promise.all(customers.map(({ client }, index) => client.play(histories[index]!)));
  await weather;

  const found: string[] = [];
  for (const { owner, from, client } of customers) {
    // A session that is still there tells what it did.
    for (let tries = 0; tries < 3 && (await client.ask({ act: 'confirm', ...last })).status === 503; tries += 1) {
      await delay(300);
    }
    await client.ask({ act: 'show', ...last });
    const postings = await bank.postings(from);
    const reported = falsehoods(client.exchanges, postings, faults.length > 0);
    for (const { body } of client.exchanges.filter(isOpen)) {
      const { idempotencyKey: key = '', order } = body!;
      if (!order) continue;
      const before = postings.find((posting) => posting.key === key);
      const settled = await bank.settle(owner, key, order).catch((error: unknown) => error);
      // What the account holds may be too little by now, for what has not moved.
      if (code(settled) === 'insufficient-funds' && !before) continue;
      // The key is that of the order which the draft was changed to, so the ledger says that this one moved nothing.
      const isOthers = before !== undefined && (before.amountMinor !== order.amountMinor || before.to !== order.to);
      if (isOthers && mayBeRefused(client.exchanges) && code(settled) === 'idempotency-key-reused') continue;
      const { transfer } = settled as Awaited<ReturnType<ModelBank['settle']>>;
      if (transfer === undefined) reported.push(`asked for ${key}, the ledger said ${String(settled)}`);
      else if (before && before.transferId !== transfer.transferId)
        reported.push(`${key} was settled as another transfer`);
    }
    if (reported.length > 0)
      found.push(`${owner}: ${reported.join('; ')}\n${JSON.stringify({ postings, exchanges: client.exchanges })}`);
  }
  return found;
}

(hasRedisServer ? describe : describe.skip)('what a client is told is what happened', () => {
  let issuer: TestIssuer;
  let redis: RedisServer;
  beforeAll(async () => {
    [issuer, redis] = [await startIssuer(), await RedisServer.start()];
  });
  afterAll(async () => {
    issuer.close();
    await redis.stop();
  });

  it.each(Object.keys(stores) as Store[])(
    'whatever is asked at once, lost, refused, cut or stopped, with sessions in %s',
    async (store) => {
      const property = fc.asyncProperty(story, async (reported) => {
        const bank = await ModelBank.open(store, redis, issuer, reported.idleTimeoutMs);
        try {
          expect(await play(bank, reported)).toEqual([]);
        } finally {
          await bank.close();
        }
      });
      await fc.assert(property, {
        numRuns: runs,
        ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
        ...(MODEL_PATH && { path: MODEL_PATH }),
        // Each step of making a failure smaller takes as long as a run.
        interruptAfterTimeLimit: 30_000 + runs * 5_000,
        markInterruptAsFailure: false,
      });
    },
    60_000 + runs * 10_000,
  );
});
