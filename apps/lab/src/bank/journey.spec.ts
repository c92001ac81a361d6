import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallBank } from '../../test/small-bank.js';
import { seeded } from '../load/random.js';
import type { ModeName } from './modes.js';
import type { BankCustomer } from './customer.js';
import { journey } from './journey.js';
import { CustomerPool } from './pool.js';
import { checkStatements } from './statement-check.js';
import { ClientSession } from './client-session.js';
import type { JourneyEnd, TransferEnd, Observer } from './observer.js';
import type { SessionEnd } from '../load/observer.js';

let bank: SmallBank;
let pool: CustomerPool;
let seen: { outcomes: string[]; ends: SessionEnd[]; transfers: TransferEnd[]; latencies: number[] };

beforeEach(async () => {
  bank = await new SmallBank().open();
  pool = new CustomerPool(bank.baseUrl);
  await pool.grow(3);
  bank.log.length = 0;
  seen = { outcomes: [], ends: [], transfers: [], latencies: [] };
});

afterEach(async () => {
  await pool.close();
  await bank.close();
});

const observer: Observer = {
  started: () => undefined,
  requestRecorded: ({ outcome, endedAt }, intendedAt) => {
    seen.outcomes.push(outcome.kind);
    seen.latencies.push(endedAt - intendedAt);
  },
  opened: () => undefined,
  ended: ({ end }) => seen.ends.push(end as SessionEnd),
  moved: () => undefined,
  contradicted: () => undefined,
  transferred: (end) => seen.transfers.push(end),
  journeyed: () => undefined,
};

async function go(mode: ModeName, early = 0): Promise<{ end: JourneyEnd; customer: BankCustomer }> {
  const customer = await pool.take();
  const clientSession = new ClientSession(customer, mode, observer, performance.now() - early);
  const end = await journey({
    clientSession,
    payee: pool.payeeFor(customer, () => 0.5),
    random: seeded(1),
    thinkMs: 0,
  });
  return { end, customer };
}

const isConfirm = (request: { path: string; body: Record<string, unknown> }): boolean =>
  request.path.endsWith('/confirm') || request.body['step'] === 'confirm';

/** Answers the first confirm so, and is right afterwards. */
const onceAtConfirm = (fault: 'lost-before' | 'lost-after', andThen = () => undefined as void): void => {
  let due = true;
  bank.fault = (request) => {
    if (!due || !isConfirm(request)) return undefined;
    due = false;
    setImmediate(andThen);
    return fault;
  };
};

describe('journey', () => {
  it('tells the stateless style: three requests for the transfer, each whole', async () => {
    expect((await go('stateless')).end).toBe('finished');
    expect(bank.log.filter((line) => line.includes('/steps'))).toHaveLength(3);
    expect(bank.log.some((line) => line.includes('/session'))).toBe(false);
    expect(bank.transfers).toHaveLength(1);
    expect(seen.ends).toEqual([{ how: 'signed-out', servedBy: expect.anything() }]);
  });

  it('tells the stateful style under the path of its mode', async () => {
    expect((await go('handoff')).end).toBe('finished');
    expect(bank.log).toEqual([
      'POST /auth/login',
      'POST /handoff/session',
      'GET /handoff/session/overview',
      'GET /handoff/session/overview',
      'POST /handoff/session/transfer',
      'PUT /handoff/session/transfer/payee',
      'PUT /handoff/session/transfer/amount',
      'POST /handoff/session/transfer/confirm',
      'GET /handoff/session/overview',
      'DELETE /handoff/session',
      'POST /auth/logout',
    ]);
    expect(seen.transfers).toEqual(['acknowledged']);
  });

  it.each(['stateless', 'sticky'] as const)('asks again when an answer is lost, and pays once (%s)', async (mode) => {
    onceAtConfirm('lost-after');
    expect((await go(mode)).end).toBe('finished');
    expect(seen.outcomes).toContain('unknown');
    expect(seen.transfers).toEqual(['acknowledged']);
    expect(bank.transfers).toHaveLength(1);
  });

  it('signs in again after a crash and starts its transfer from the beginning', async () => {
    onceAtConfirm('lost-before', () => bank.pods.forEach((pod) => bank.crash(pod)));
    const { end, customer } = await go('sticky');
    expect(end).toBe('finished');
    expect(seen.ends[0]).toEqual({ how: 'lost', cause: 'session-owner-gone', unfinished: 'confirm' });
    expect(seen.transfers).toEqual(['settled-not-done', 'acknowledged']);
    expect(customer.transfers.attempts.map(({ belief }) => belief)).toEqual(['unknown', 'acknowledged']);
    expect(bank.log.filter((line) => line === 'POST /session')).toHaveLength(2);
    expect(bank.log.filter((line) => line === 'POST /auth/login')).toHaveLength(1);
  });

  it('does not pay twice when the pod died after it had moved the money', async () => {
    onceAtConfirm('lost-after', () => bank.pods.forEach((pod) => bank.crash(pod)));
    expect((await go('sticky')).end).toBe('finished');
    expect(seen.transfers).toEqual(['settled-done']);
    expect(bank.transfers).toHaveLength(1);
  });

  it('gives up after a bounded number of sign-ins when no session can last', async () => {
    bank.pinned = false;
    expect((await go('unpinned')).end).toBe('gave-up');
    expect(seen.ends.every((end) => end.how === 'lost' && end.cause === 'session-misrouted')).toBe(true);
    expect(bank.log.filter((line) => line === 'POST /unpinned/session')).toHaveLength(6);
  });

  it('gives up on a refusal that would come again, without asking again', async () => {
    bank.fault = (request) =>
      isConfirm(request) ? { status: 422, body: { type: 'urn:tellers:problem:insufficient-funds' } } : undefined;
    expect((await go('stateless')).end).toBe('gave-up');
    expect(seen.transfers).toEqual(['refused']);
    expect(seen.ends).toEqual([{ how: 'left' }]);
  });

  it('brings no cookie of one mode to another, so that each is measured as if it were alone', async () => {
    const cookies: string[] = [];
    bank.fault = ({ path, cookie }) => void (path.startsWith('/shared') && cookies.push(cookie));
    for (const mode of ['sticky', 'shared'] as const) {
      const clientSession = new ClientSession(pool.customers[0]!, mode, observer, performance.now());
      await journey({ clientSession, payee: pool.customers[1]!.current, random: seeded(1), thinkMs: 0 });
    }
    expect(cookies[0]).toBe('');
    expect(cookies[1]).not.toBe('');
  });

  it('counts a latency from when the customer meant to come, the wait before it included', async () => {
    await go('stateless', 500);
    expect(seen.latencies[0]).toBeGreaterThan(500);
    expect(seen.latencies[1]).toBeLessThan(400);
  });
});

describe('checkStatements', () => {
  it('finds each acknowledged transfer in the statement', async () => {
    for (const mode of ['stateless', 'sticky'] as const) await go(mode);
    expect(await checkStatements(pool.customers, bank.baseUrl)).toMatchObject({
      customers: 2,
      transfers: 2,
      faults: [],
    });
  });

  it('finds the transfer that a bank forgot', async () => {
    await go('stateless');
    bank.transfers.length = 0;
    const check = await checkStatements(pool.customers, bank.baseUrl);
    expect(check.lostMinor).toBe(1);
    expect(check.faults).toHaveLength(1);
  });

  it('finds the transfer that a bank made twice', async () => {
    await go('sticky');
    bank.transfers.push({ ...bank.transfers[0]!, transferId: 'twin' });
    expect((await checkStatements(pool.customers, bank.baseUrl)).faults).toHaveLength(1);
  });
});

describe('CustomerPool', () => {
  it('waits as long as Retry-After says when auth is busy', async () => {
    let busy = 1;
    bank.fault = () => (busy-- > 0 ? { status: 503, body: {}, headers: { 'retry-after': '1' } } : undefined);
    const startedAt = performance.now();
    await pool.grow(1);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
    expect(pool.customers).toHaveLength(4);
  });

  it('never gives one customer to two journeys', async () => {
    const [first] = await Promise.all([pool.take(), pool.take(), pool.take()]);
    let given = false;
    const waiting = pool.take().then((customer) => {
      given = true;
      return customer;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(given).toBe(false);
    pool.release(first);
    expect(await waiting).toBe(first);
  });
});
