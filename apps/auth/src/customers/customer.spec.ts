import { describe, expect, it } from '@jest/globals';
import { newCustomer } from './customer.js';

const ada = { username: 'ada', password: 'correct horse', name: 'Ada Lovelace' };

describe('a new customer', () => {
  it.each([
    { password: 'é'.normalize('NFD').repeat(64) },
    { name: '*'.repeat(100) },
    { name: '🙂'.repeat(100) },
    { name: ' Ada ' },
  ])('may send %j', (sent) => expect(newCustomer.safeParse({ ...ada, ...sent }).success).toBe(true));

  it.each([
    ['longer as sent than once prepared', { password: 'é'.normalize('NFD').repeat(65) }, 'at most 128'],
    ['shorter as sent than once prepared', { password: '\u0958'.repeat(7) }, 'at least 8'],
    ['shorter once prepared', { password: 'é'.normalize('NFD').repeat(4) }, 'at least 8'],
    ['longer before its edges are trimmed', { name: ` ${'*'.repeat(100)}` }, 'at most 100'],
    ['nothing but blanks', { name: '  ' }, 'must not be empty'],
  ])('is refused, once, what is %s', (_, sent, why) => {
    const { error } = newCustomer.safeParse({ ...ada, ...sent });
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(why)]);
  });
});
