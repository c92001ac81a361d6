import { describe, expect, it } from '@jest/globals';
import { forgotten, misreading, type SeenOverview } from './misreading.js';

const before: SeenOverview = {
  greeting: 'Welcome back, Ada.',
  visits: 2,
  accounts: [{ id: 'a' }],
  recentActivity: [{ at: 'b' }, { at: 'a' }],
  payees: [{ account: 'x' }],
  unfinishedTransfer: { to: 'x', amountMinor: 7 },
};
const now: SeenOverview = { ...before, visits: 3, recentActivity: [{ at: 'c' }, { at: 'b' }, { at: 'a' }] };

describe('misreading', () => {
  it('is none when only the look itself was added', () => {
    expect(misreading(before, now)).toBeUndefined();
  });

  it('is none when the oldest made room for it', () => {
    expect(misreading(before, { ...now, recentActivity: [{ at: 'c' }, { at: 'b' }] })).toBeUndefined();
  });

  it.each([
    ['visits', { visits: 2 }],
    ['payees', { payees: [] }],
    ['unfinishedTransfer', { unfinishedTransfer: { to: 'x', amountMinor: 8 } }],
    ['accounts', { accounts: [] }],
    ['recent past', { recentActivity: [{ at: 'c' }, { at: 'x' }] }],
    ['shorter', { recentActivity: [{ at: 'c' }] }],
    ['greeting', { greeting: 'Welcome, Ada.' }],
  ])('names other %s', (named, change) => {
    expect(misreading(before, { ...now, ...change })).toContain(named);
  });
});

describe('forgotten', () => {
  it('is nothing when payee and transfer are there', () => {
    expect(forgotten(before, 'x', 7)).toBeUndefined();
  });

  it('names the payee or the transfer that is not', () => {
    expect(forgotten({ ...before, payees: [] }, 'x', 7)).toContain('payees');
    expect(forgotten(before, 'x', 8)).toContain('instead of 8');
    expect(forgotten({ ...before, unfinishedTransfer: null }, 'x', 7)).toContain('null');
  });
});
