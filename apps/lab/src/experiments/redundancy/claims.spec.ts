import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { claims, kinds, type RedundancyKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<RedundancyKey>;
const taking = (requestHeader: number, requestBody = 0) => ({ ...none, requests: 9, requestHeader, requestBody });
const rule = ruleOf(claims, 7);

describe('the rule of redundancy', () => {
  it('holds when a stateless request is larger than any stateful one', () => {
    expect(rule({ stateless: taking(600, 50), sticky: taking(300), shared: taking(310) }).ruling).toBe('holds');
  });

  it('does not hold when it is no larger than any', () => {
    expect(rule({ stateless: taking(300), sticky: taking(310), shared: taking(400) }).ruling).toBe('does not hold');
  });

  it('cannot tell between, or without both styles', () => {
    expect(rule({ stateless: taking(350), sticky: taking(300), shared: taking(400) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: taking(350) }).ruling).toBe('cannot tell here');
    expect(rule({ sticky: taking(350) }).ruling).toBe('cannot tell here');
  });
});
