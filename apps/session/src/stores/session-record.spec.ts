import { describe, expect, it } from '@jest/globals';
import type { Session } from '../sessions/session.js';
import { readRecord, writeRecord } from './session-record.js';

const session: Session = {
  id: 'boot.id',
  customerId: 'ada',
  name: 'Ada',
  createdAt: 1_000,
  lastSeenAt: 2_000,
  visits: 3,
  recent: [
    { at: 1_000, what: 'signed-in' },
    { at: 1_500, what: 'moved-money', account: 'b', amountMinor: 5, currency: 'EUR' },
    { at: 1_600, what: 'chose-amount', amountMinor: 7, currency: 'EUR' },
  ],
  payees: [{ account: 'b', times: 2, lastUsedAt: 1_500 }],
  draft: { key: 'k', from: 'a', to: 'b', amount: { amountMinor: 7, currency: 'EUR' } },
  accounts: [],
  accountsAt: 1_900,
};

describe('session records', () => {
  it.each([1, 2] as const)('of version %i tell the whole session', (version) => {
    expect(readRecord(writeRecord(session, version))).toEqual(session);
  });

  it.each([1, 2] as const)('of version %i tell a session that has just begun', (version) => {
    const { id, customerId, name, createdAt, lastSeenAt } = session;
    const young: Session = { id, customerId, name, createdAt, lastSeenAt, visits: 0 };
    expect(readRecord(writeRecord(young, version))).toEqual(young);
  });

  it('go from one version to the other and back as they were', () => {
    const there = readRecord(writeRecord(session, 2));
    const back = readRecord(writeRecord(there, 1));
    expect(writeRecord(back, 2)).toBe(writeRecord(session, 2));
  });

  it('keep what a newer pod wrote that this one does not know', () => {
    const newer = { ...(JSON.parse(writeRecord(session, 2)) as object), language: 'la' };
    const read = readRecord(JSON.stringify(newer));
    for (const version of [1, 2] as const) {
      expect(JSON.parse(writeRecord(read, version))).toMatchObject({ language: 'la' });
    }
  });

  it('are shorter in version 2', () => {
    expect(writeRecord(session, 2).length).toBeLessThan(0.9 * writeRecord(session, 1).length);
  });

  it('of a version that is to come are refused', () => {
    expect(() => readRecord('{"v":3}')).toThrow('version 3');
  });
});
