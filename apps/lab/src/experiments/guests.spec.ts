import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallBank } from '../../test/small-bank.js';
import { CustomerPool } from '../customers/pool.js';
import { Recorder } from '../load/recorder.js';
import { Guests } from './guests.js';

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

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await sleep(5);
};
const asked = (request: string): number => bank.log.filter((one) => one === request).length;

describe('guests', () => {
  it.each(['stateless', 'sticky'] as const)(
    'are all inside once they have arrived, and free once they have left (%s)',
    async (mode) => {
      const record = new Recorder().of(mode);
      const guests = new Guests({ pool, mode, witness: record, seed: 1, thinkMs: 5 });
      await guests.arrive(3);
      expect(record.open.size).toBe(3);
      await until(() => record.requests > 12);
      await guests.leave();
      expect(record).toMatchObject({ failed: 0, sessionsLost: 0 });
      expect(record.open.size).toBe(0);
      await Promise.all([pool.take(), pool.take(), pool.take()]);
    },
  );

  it('open their visit anew when it is lost, and the loss is counted once', async () => {
    const record = new Recorder().of('sticky');
    const guests = new Guests({ pool, mode: 'sticky', witness: record, seed: 1, thinkMs: 5 });
    await guests.arrive(3);
    bank.pods.forEach((pod) => bank.crash(pod));
    await until(() => record.sessionsLost === 3 && record.open.size === 3);
    await guests.leave();
    expect([...record.lostBy]).toEqual([['session-owner-gone', 3]]);
  });

  it('are followed by others when they only stay a while, and say their password once', async () => {
    const record = new Recorder().of('sticky');
    const guests = new Guests({ pool, mode: 'sticky', witness: record, seed: 1, thinkMs: 5, stayMs: 10 });
    await guests.arrive(3);
    await until(() => asked('POST /session') > 6 && asked('DELETE /session') > 3);
    await guests.leave();
    expect(asked('POST /auth/login')).toBe(3);
  });
});
