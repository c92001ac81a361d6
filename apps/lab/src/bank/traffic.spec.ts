import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallBank } from '../../test/small-bank.js';
import { CustomerPool } from './pool.js';
import { BankRecorder } from './mode-record.js';
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
    const recorder = new BankRecorder();
    const observer = recorder.of('sticky');
    const { all: started } = await sendCustomers({ ...traffic, pool, mode: 'sticky', observer });
    expect(started).toBeGreaterThan(5);
    expect(observer.journeys.finished).toBe(started);
    expect(observer.requests).toBe(started * 9);
    // Each is to come at a time, and to go on seven times.
    expect(observer.starts.all).toBe(started * 8);
    expect(observer.otherRequests.all).toBe(started * 2);
    expect(observer.latencies.count).toBe(observer.requests);
    expect(observer.open.size).toBe(0);
    expect(observer.timeline.names()).toEqual(['pod-0', 'pod-1']);
    expect(observer.perRequest(observer.bytes.requestHeader)).toBeGreaterThan(100);
    expect(recorder.of('stateless').requests).toBe(0);
  });

  it('makes an arrival that finds no free customer wait, and counts the wait', async () => {
    await pool.grow(2);
    const waits: number[] = [];
    const record = new BankRecorder().of('stateless');
    const observer = Object.assign(Object.create(record) as typeof record, {
      requestRecorded: (...[recorded, intendedAt]: Parameters<typeof record.requestRecorded>) => {
        if (recorded.request.operation === 'sign-in') waits.push(recorded.endedAt - intendedAt);
      },
    });
    await sendCustomers({ ...traffic, thinkMs: 30, pool, mode: 'stateless', observer });
    expect(Math.max(...waits)).toBeGreaterThan(200);
  });

  it('counts lost sessions by cause and what was unfinished', async () => {
    await pool.grow(5);
    bank.pinned = false;
    const observer = new BankRecorder().of('unpinned');
    await sendCustomers({ ...traffic, pool, mode: 'unpinned', observer });
    expect(observer.lostBy.get('session-misrouted')).toBe(observer.sessionsLost);
    expect(observer.sessionsLost).toBeGreaterThan(0);
    expect(observer.failed).toBe(0);
  });
});

describe('modestRate', () => {
  it('keeps half of the customers at home', () => {
    expect(modestRate(70, 500)).toBe(10);
  });
});
