import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { SmallBank } from '../../test/small-bank.js';
import { CustomerPool } from './pool.js';
import { BankRecorder } from './mode-record.js';
import { LookingCustomers } from './looking-customers.js';

let bank: SmallBank;
let pool: CustomerPool;

beforeEach(async () => {
  bank = await new SmallBank().open();
  pool = new CustomerPool(bank.baseUrl);
  await pool.grow(3);
  bank.log.length = 0;
});

afterEach(async () => {
  await pool.close();
  await bank.close();
});

const asked = (request: string): number => bank.log.filter((one) => one === request).length;

describe('LookingCustomers', () => {
  it.each(['stateless', 'sticky'] as const)(
    'are all inside once they have arrived, and free once they have left (%s)',
    async (mode) => {
      const record = new BankRecorder().of(mode);
      const users = new LookingCustomers({ pool, users: 3, mode, observer: record, seed: 1, thinkMs: 5 });
      await users.arrive();
      expect(record.open.size).toBe(3);
      await eventually(() => record.requests > 12);
      await users.leave();
      expect(record).toMatchObject({ failed: 0, sessionsLost: 0 });
      expect(record.open.size).toBe(0);
      await Promise.all([pool.take(), pool.take(), pool.take()]);
    },
  );

  it('open their session anew when it is lost, and the loss is counted once', async () => {
    const record = new BankRecorder().of('sticky');
    const users = new LookingCustomers({ pool, users: 3, mode: 'sticky', observer: record, seed: 1, thinkMs: 5 });
    await users.arrive();
    bank.pods.forEach((pod) => bank.crash(pod));
    await eventually(() => record.sessionsLost === 3 && record.open.size === 3);
    await users.leave();
    expect([...record.lostBy]).toEqual([['session-owner-gone', 3]]);
  });

  it('are followed by others when they only stay a while, and say their password once', async () => {
    const record = new BankRecorder().of('sticky');
    const users = new LookingCustomers({
      pool,
      users: 3,
      mode: 'sticky',
      observer: record,
      seed: 1,
      thinkMs: 5,
      sessionMs: 10,
    });
    await users.arrive();
    await eventually(() => asked('POST /session') > 6 && asked('DELETE /session') > 3);
    await users.leave();
    expect(asked('POST /auth/login')).toBe(3);
  });
});
