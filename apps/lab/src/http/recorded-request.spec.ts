import { describe, expect, it } from '@jest/globals';
import { costOf, servedByOf } from './recorded-request.js';

describe('burdenOf', () => {
  it('tells what a client prepares from what it only carries', () => {
    const body = { step: 'amount', amountMinor: 5, currency: 'EUR', continuation: 'abcd' };
    const request = {
      operation: 'amount',
      method: 'POST',
      path: '/account/transfers/steps',
      body,
      bearer: 'token',
    } as const;
    expect(costOf(request, [])).toEqual({ preparedFields: 3, carriedFields: 2, carriedBytes: 9 });
  });

  it('counts each cookie as carried, and query fields and an idempotency key as prepared', () => {
    const request = { operation: 'look', method: 'GET', path: '/x?after=1&limit=2', idempotencyKey: 'k' } as const;
    expect(costOf(request, ['a=1', 'b=22'])).toEqual({ preparedFields: 3, carriedFields: 2, carriedBytes: 7 });
  });
});

describe('servedByOf', () => {
  it('reads pod and boot id, and takes anything else as unsaid', () => {
    expect(servedByOf('account-0/abc')).toEqual({ pod: 'account-0', bootId: 'abc' });
    expect(servedByOf('account-0')).toBeUndefined();
    expect(servedByOf(undefined)).toBeUndefined();
  });
});
