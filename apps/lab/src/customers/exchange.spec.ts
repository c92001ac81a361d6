import { describe, expect, it } from '@jest/globals';
import { burdenOf, servedByOf } from './exchange.js';

describe('burdenOf', () => {
  it('tells what a client prepares from what it only carries', () => {
    const body = { step: 'amount', amountMinor: 5, currency: 'EUR', continuation: 'abcd' };
    const ask = {
      operation: 'amount',
      method: 'POST',
      path: '/account/transfers/steps',
      body,
      bearer: 'token',
    } as const;
    expect(burdenOf(ask, [])).toEqual({ preparedFields: 3, carriedFields: 2, carriedBytes: 9 });
  });

  it('counts each cookie as carried, and query fields and an idempotency key as prepared', () => {
    const ask = { operation: 'look', method: 'GET', path: '/x?after=1&limit=2', idempotencyKey: 'k' } as const;
    expect(burdenOf(ask, ['a=1', 'b=22'])).toEqual({ preparedFields: 3, carriedFields: 2, carriedBytes: 7 });
  });
});

describe('servedByOf', () => {
  it('reads pod and boot id, and takes anything else as unsaid', () => {
    expect(servedByOf('account-0/abc')).toEqual({ pod: 'account-0', bootId: 'abc' });
    expect(servedByOf('account-0')).toBeUndefined();
    expect(servedByOf(undefined)).toBeUndefined();
  });
});
