import { expect, it } from '@jest/globals';
import { looksMadeUp } from './value-look.js';

it.each([
  ['UUIDs', '0b0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f11', '5a0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f22', true],
  ['times', '2026-11-29T12:00:00Z', '2026-11-29T12:05:00Z', true],
  ['times in numbers', '1795965028123', '1795965029123', true],
  ['tokens', 'V1StGXR8_Z5jdHi6B-myT', 'a7GtGXR8_Z5jdHi6B-mzz', true],
  ['words', 'tea', 'coffee', false],
  ['sentences', 'for Ann, 12 apples please', 'for Bob, 7 pears from Elm Street 3', false],
  ['addresses', 'ann.smith1984@shop.example', 'bob.miller1990@shop.example', false],
  ['names of goods', 'nike-air-max-2024', 'adidas-samba-2025', false],
  ['a word and a token', 'tea', '0b0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f11', false],
])('tells what a client made up from what a person typed: %s', (_, one, other, isMadeUp) => {
  expect(looksMadeUp(one, other)).toBe(isMadeUp);
});
