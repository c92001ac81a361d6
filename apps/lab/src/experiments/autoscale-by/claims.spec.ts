import { expect, it } from '@jest/globals';
import { ruleOf } from '../../../test/rule-of.js';
import type { Figures } from '../../statistics/figures.js';
import { claims, kinds, type AutoscaleByKey } from './claims.js';

const none = Object.fromEntries(Object.keys(kinds).map((key) => [key, 0])) as Figures<AutoscaleByKey>;
const seen = { opened: 1_200, podsBefore: 2, enough: 4, podsByCpu: 2, fullestByCpu: 600, fullestBySessions: 420 };
const better: Figures<AutoscaleByKey> = { ...none, ...seen, enoughByCpu: null, enoughBySessions: 62_000 };
const rule = ruleOf(claims, 19);

it('holds when by sessions there were enough pods, and by CPU there were not', () => {
  expect(rule({ sticky: better, handoff: { ...better, fullestBySessions: 310 } })).toEqual({
    ruling: 'holds',
    because:
      'sticky had the 4 pods that its sessions take after 62 s by sessions and never by CPU (2 at the end), the fullest with 420 and 600; ' +
      'handoff had the 4 pods that its sessions take after 62 s by sessions and never by CPU (2 at the end), the fullest with 310 and 600.',
  });
});

it.each<[string, Partial<Figures<AutoscaleByKey>>]>([
  ['CPU saw them, too', { enoughByCpu: 70_000 }],
  ['there were never enough', { enoughBySessions: null }],
  ['some pods were not needed', { unneededBySessions: 1 }],
  ['requests failed', { failed: 3 }],
  ['sessions were lost', { lost: 1 }],
])('does not hold when %s, in any of the modes', (_, change) => {
  expect(rule({ sticky: better, handoff: { ...better, ...change } }).ruling).toBe('does not hold');
});

it('cannot tell without sessions in pods', () => {
  expect(rule({ stateless: none }).ruling).toBe('cannot tell here');
  expect(rule({ sticky: none }).ruling).toBe('cannot tell here');
});
