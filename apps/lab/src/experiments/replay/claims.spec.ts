import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type ReplayKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<ReplayKey>;
const giving = (same: number | null): Figures<ReplayKey> => ({ ...none, same });
const rule = ruleOf(claims, 6);

describe('the rule of replay', () => {
  it('holds when stateless replies are all the same again, and those of every other mode are not', () => {
    expect(rule({ stateless: giving(100), sticky: giving(14), shared: giving(57) })).toEqual({
      ruling: 'holds',
      because:
        'with the ledger as it was, 100 % of the stateless requests got the same reply again, of the stateful ones at best 57 % (shared).',
    });
  });

  it('does not hold when some stateful mode gives as many again', () => {
    expect(rule({ stateless: giving(100), sticky: giving(14), shared: giving(100) }).ruling).toBe('does not hold');
    expect(rule({ stateless: giving(10), sticky: giving(14) }).ruling).toBe('does not hold');
  });

  it('cannot tell when a stateless reply differed, or a stateful mode comes near', () => {
    expect(rule({ stateless: giving(98), sticky: giving(14) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: giving(100), shared: giving(95) }).ruling).toBe('cannot tell here');
  });

  it('cannot tell without replies in both styles', () => {
    expect(rule({ stateless: giving(100) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: giving(100), sticky: giving(null) }).ruling).toBe('cannot tell here');
    expect(rule({ sticky: giving(14) }).ruling).toBe('cannot tell here');
  });
});
