import { describe, expect, it } from '@jest/globals';
import { isOpaque, time, tokensOf, withoutOpaque } from './tokens.js';

describe('tokensOf', () => {
  it.each([
    ['ISO 8601', '2026-11-29T15:10:28.123Z'],
    ['ISO 8601 with a zone', '2026-11-29T15:10:28+01:00'],
    ['a database’s time', '2026-11-29 15:10:28.123456'],
    ['an HTTP date', 'Sun, 29 Nov 2026 15:10:28 GMT'],
    ['a JavaScript date', 'Sun Nov 29 2026 15:10:28 GMT+0000 (Coordinated Universal Time)'],
    ['ctime', 'Sun Nov 29 15:10:28 2026'],
    ['Django’s time', 'Nov. 29, 2026, 3:10 p.m.'],
    ['an access log’s time', '29/Nov/2026:15:10:28 +0000'],
    ['a clock', '15:10:28'],
    ['seconds since 1970', '1795965028'],
    ['milliseconds since 1970', '1795965028123'],
    ['a span', '59.98s'],
    ['a span in words', '3 minutes ago'],
    ['a span of Go', '1h2m3.5s'],
  ])('takes %s for a time', (_, text) => {
    expect(tokensOf(`until ${text} it holds`)).toEqual(['until', time, 'it', 'holds']);
  });

  it.each(['2 items', '12.50 EUR', '10.0.0.12', 'room 14:30', 'v6.9.2', '2026-11-29', 'order 1234567', 'size 38'])(
    'takes no time for %s',
    (text) => {
      expect(tokensOf(text)).not.toContain(time);
    },
  );

  it('keeps an address, an id and a pod’s name in one piece', () => {
    expect(tokensOf('at 10.0.0.12, cart-6f7c9d8b9-x2k4j!')).toEqual([
      'at',
      '10.0.0.12',
      ',',
      'cart-6f7c9d8b9-x2k4j',
      '!',
    ]);
  });
});

describe('isOpaque', () => {
  it.each(['9b2e1c0a-5d3f-4e8b-9a7c-2f1d0e6b8c4a', '507f1f77bcf86cd799439011', 'g4bCmhYGVM3kPZ1bXxq8Wn2RtLs0aQ'])(
    'takes %s for an id',
    (word) => {
      expect(isOpaque(word)).toBe(true);
    },
  );

  it.each(['internationalisation', 'nike-air-max-2024', 'com.example.shop.Cart2', '1234567890123456'])(
    'takes %s for a name',
    (word) => {
      expect(isOpaque(word)).toBe(false);
    },
  );

  it('hides ids alone from those who read', () => {
    expect(withoutOpaque('order 9b2e1c0a-5d3f-4e8b-9a7c-2f1d0e6b8c4a of ada')).toBe('order … of ada');
  });
});
