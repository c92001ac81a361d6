import type { Entry } from '#libs/bank';
import { describe, expect, it } from '@jest/globals';
import { compare } from './statement-check.js';
import type { TransferAttempt, Belief } from './transfer-book.js';

const attempt = (amountMinor: number, belief: Belief): TransferAttempt => ({
  mode: 'sticky',
  from: 'a',
  to: 'b',
  amountMinor,
  belief,
  transferId: belief === 'acknowledged' ? `t${amountMinor}` : undefined,
});
const debit = (amountMinor: number): Entry => ({
  id: `e${amountMinor}`,
  transferId: `t${amountMinor}`,
  amountMinor: -amountMinor,
  balanceMinor: 1_000,
  counterparty: 'b',
  at: '2026-01-01T00:00:00.000Z',
});
const income: Entry = { ...debit(-500), id: 'e', transferId: 'x' };

describe('compare', () => {
  it('finds nothing wrong when each acknowledged transfer is there once and others paid in', () => {
    const attempts = [attempt(1, 'acknowledged'), attempt(2, 'unknown'), attempt(3, 'unknown'), attempt(4, 'refused')];
    expect(compare('ann', attempts, [income, debit(1), debit(3)])).toEqual({ lostMinor: 0, faults: [] });
  });

  it('finds an acknowledged transfer that is missing', () => {
    expect(compare('ann', [attempt(7, 'acknowledged')], [])).toMatchObject({
      lostMinor: 7,
      faults: [expect.any(String)],
    });
  });

  it('finds any transfer that was made twice', () => {
    expect(compare('ann', [attempt(7, 'acknowledged')], [debit(7), debit(7)]).lostMinor).toBe(7);
    expect(compare('ann', [attempt(7, 'unknown')], [debit(7), debit(7)]).lostMinor).toBe(7);
  });

  it('names the customer and the mode', () => {
    const { faults } = compare('ann', [attempt(7, 'acknowledged')], [debit(7), debit(7)]);
    expect(faults).toEqual(['ann, sticky: the acknowledged transfer of 7 cents is there 2 times.']);
  });

  it('expects a transfer twice whose requests the lab sent again, and no third time', () => {
    expect(compare('ann', [attempt(7, 'moved-again')], [debit(7), debit(7)]).lostMinor).toBe(0);
    expect(compare('ann', [attempt(7, 'moved-again')], [debit(7), debit(7), debit(7)]).lostMinor).toBe(7);
  });

  it('finds a refused transfer that was made all the same, and one that nobody confirmed', () => {
    expect(compare('ann', [attempt(7, 'refused')], [debit(7)]).lostMinor).toBe(7);
    expect(compare('ann', [], [debit(9)]).lostMinor).toBe(9);
  });

  it('finds a transfer that was acknowledged under another id', () => {
    const other = { ...debit(7), transferId: 'else' };
    expect(compare('ann', [attempt(7, 'acknowledged')], [other]).faults).toHaveLength(1);
  });
});
