import { describe, expect, it } from '@jest/globals';
import { isSameReply, type ReplayedReply } from './same-reply.js';

const reply = (body: unknown, status = 200): ReplayedReply => ({ status, body });

describe('isSameReply', () => {
  it('lets clocks and ids of one request pass, however deep', () => {
    const one = { visits: 1, balancesAsOf: 'noon', recentActivity: [{ what: 'looked', at: 'noon' }] };
    const other = { recentActivity: [{ at: 'one', what: 'looked' }], balancesAsOf: 'one', visits: 1 };
    expect(isSameReply(reply(one), reply(other))).toBe(true);
    expect(isSameReply(reply({ type: 't', requestId: 'a' }, 401), reply({ type: 't', requestId: 'b' }, 401))).toBe(
      true,
    );
  });

  it('lets what was made up for one transfer pass in either style: in a sealed continuation, or told as a key', () => {
    const sealed = (continuation: string): ReplayedReply => reply({ next: 'amount', continuation });
    const told = (idempotencyKey: string): ReplayedReply => reply({ next: 'amount', idempotencyKey });
    expect(isSameReply(sealed('a'), sealed('b'))).toBe(true);
    expect(isSameReply(told('a'), told('b'))).toBe(true);
  });

  it.each([
    ['another status', reply({}, 201)],
    ['another value', reply({ visits: 2 })],
    ['another number of parts', reply({ visits: 1, payees: [] })],
    ['another order of a list', reply({ visits: 1, list: [2, 1] })],
    ['another transfer', reply({ visits: 1, transferId: 'y' })],
    ['no answer', { status: undefined, body: undefined }],
  ])('sees %s', (_, other) => {
    const one = { visits: 1, list: [1, 2], transferId: 'x' };
    expect(isSameReply(reply(one), reply(one))).toBe(true);
    expect(isSameReply(reply(one), other)).toBe(false);
  });
});
