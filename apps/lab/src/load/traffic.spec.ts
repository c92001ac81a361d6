import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallBank } from '../../test/small-bank.js';
import { CustomerPool } from '../customers/pool.js';
import { Recorder } from './recorder.js';
import { modestRate, sendCustomers } from './traffic.js';

let bank: SmallBank;
let pool: CustomerPool;

beforeEach(async () => {
  bank = await new SmallBank().open();
  pool = new CustomerPool(bank.baseUrl);
});

afterEach(async () => {
  await pool.close();
  await bank.close();
});

const traffic = { seed: 5, journeysPerSecond: 40, durationMs: 500, thinkMs: 10 };

describe('sendCustomers', () => {
  it('records requests, bytes, pods and sessions of the mode alone', async () => {
    await pool.grow(20);
    const recorder = new Recorder();
    const witness = recorder.of('sticky');
    const { all: started } = await sendCustomers({ ...traffic, pool, mode: 'sticky', witness });
    expect(started).toBeGreaterThan(5);
    expect(witness.journeys.finished).toBe(started);
    expect(witness.requests).toBe(started * 9);
    // Each is to come at a time, and to go on seven times.
    expect(witness.starts.all).toBe(started * 8);
    expect(witness.authRequests.all).toBe(started * 2);
    expect(witness.latencies.count).toBe(witness.requests);
    expect(witness.open.size).toBe(0);
    expect(witness.timeline.pods()).toEqual(['pod-0', 'pod-1']);
    expect(witness.perRequest(witness.bytes.requestHeader)).toBeGreaterThan(100);
    expect(recorder.of('stateless').requests).toBe(0);
  });

  it('makes an arrival that finds no free customer wait, and counts the wait', async () => {
    await pool.grow(2);
    const waits: number[] = [];
    const record = new Recorder().of('stateless');
    const witness = Object.assign(Object.create(record) as typeof record, {
      exchanged: (...[exchange, intendedAt]: Parameters<typeof record.exchanged>) => {
        if (exchange.ask.operation === 'sign-in') waits.push(exchange.endedAt - intendedAt);
      },
    });
    await sendCustomers({ ...traffic, thinkMs: 30, pool, mode: 'stateless', witness });
    expect(Math.max(...waits)).toBeGreaterThan(200);
  });

  it('counts lost sessions by cause and what was unfinished', async () => {
    await pool.grow(5);
    bank.pinned = false;
    const witness = new Recorder().of('unpinned');
    await sendCustomers({ ...traffic, pool, mode: 'unpinned', witness });
    expect(witness.lostBy.get('session-misrouted')).toBe(witness.sessionsLost);
    expect(witness.sessionsLost).toBeGreaterThan(0);
    expect(witness.failed).toBe(0);
  });
});

describe('modestRate', () => {
  it('keeps half of the customers at home', () => {
    expect(modestRate(70, 500)).toBe(10);
  });
});
