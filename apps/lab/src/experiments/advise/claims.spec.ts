import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import { withoutLatencies } from '../fallen-behind.js';
import { claims, kinds, type AdviseKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<AdviseKey>;
const mode = (predictedCpu: number, metCpu: number, cpuOff = 10): Figures<AdviseKey> => ({
  ...none,
  predictedCpu,
  metCpu,
  cpuOff,
  wireOff: 2,
});
const rule = ruleOf(claims, 11);

describe('the rule of advise', () => {
  it('holds when what was foretold came, and the cheapest mode was the one that was to be', () => {
    expect(rule({ stateless: mode(20, 21), sticky: mode(15, 16) }).ruling).toBe('holds');
  });

  it('does not hold when CPU or bytes were far off in any mode', () => {
    expect(rule({ stateless: mode(20, 21), sticky: mode(15, 40, 62) }).ruling).toBe('does not hold');
    expect(rule({ stateless: mode(20, 21), sticky: { ...mode(15, 16), wireOff: 25 } }).ruling).toBe('does not hold');
  });

  it('cannot tell when chance may have done it', () => {
    const few = { ...mode(15, 16), wireOff: 25, chance: 12 };
    expect(rule({ stateless: mode(20, 21), sticky: few }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: mode(20, 21), sticky: { ...few, chance: 9 } }).ruling).toBe('does not hold');
  });

  it('does not hold when another mode was clearly cheaper than the one that was to be', () => {
    expect(rule({ stateless: mode(20, 16), sticky: mode(18, 20) }).ruling).toBe('does not hold');
  });

  it('cannot tell when another one was cheaper by no more than chance', () => {
    const noisy = { chance: 30 };
    expect(rule({ stateless: { ...mode(20, 16), ...noisy }, sticky: { ...mode(18, 20), ...noisy } }).ruling).toBe(
      'cannot tell here',
    );
  });

  it('leaves out unpinned, whose customers come again and again', () => {
    expect(rule({ stateless: mode(20, 21), sticky: mode(15, 16), unpinned: mode(5, 90, 94) }).ruling).toBe('holds');
  });

  it('cannot tell with one mode, or when a load was not met', () => {
    expect(rule({ sticky: mode(15, 16) }).ruling).toBe('cannot tell here');
    expect(rule({ stateless: mode(20, 21), sticky: { ...mode(15, 16), cpuOff: null } }).ruling).toBe(
      'cannot tell here',
    );
  });

  it('tells nothing of a forecast while the lab itself fell behind, and keeps what does not hang on its pace', () => {
    const behind = withoutLatencies(kinds, { ...mode(15, 40, 62), wire: 1_000 });
    expect([behind.cpuOff, behind.wireOff, behind.perAct, behind.wire]).toEqual([null, null, null, 1_000]);
    expect(rule({ stateless: mode(20, 21), sticky: behind }).ruling).toBe('cannot tell here');
  });
});
