import { describe, expect, it } from '@jest/globals';
import type { WalkedStep } from '../walk/walker.js';
import { cookiesSet, inWords, unguarded } from './cookie-flags.js';

/** A step whose reply sets these cookies. */
const setting = (name: string, ...lines: string[]): WalkedStep =>
  ({ request: { name }, reply: { headers: { 'set-cookie': lines } } }) as unknown as WalkedStep;

const plain = { isTls: false, isReadable: false };

describe('the cookies that a service sets', () => {
  it('are told with their attributes, and never with their values', () => {
    const steps = [
      setting('2 POST /login', 'sid=abcdef; Path=/; HttpOnly; SameSite=Lax; Max-Age=7200'),
      setting('3 GET /', 'sid=abcdefgh; Path=/; HttpOnly; SameSite=Lax; Max-Age=7200'),
    ];
    const cookies = cookiesSet(steps);
    expect(cookies).toMatchObject([{ name: 'sid', bytes: 8, seconds: 7_200, setBy: '2 POST /login' }]);
    expect(inWords(cookies[0]!)).toBe(
      '2 POST /login sets the cookie sid: 8\u00a0B, HttpOnly, no Secure, SameSite=lax, for 2 h.',
    );
  });

  it('are none where a reply takes one back', () => {
    expect(
      cookiesSet([setting('5 POST /logout', 'sid=; Max-Age=0', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')]),
    ).toEqual([]);
  });

  it.each([
    ['that scripts can read', 'a=1; SameSite=Lax', plain, true],
    ['that the page must read', 'a=1; SameSite=Lax', { ...plain, isReadable: true }, false],
    ['that other sites send', 'a=1; HttpOnly', plain, true],
    ['that other sites are meant to send', 'a=1; HttpOnly; SameSite=None', plain, true],
    ['that goes in plain beside TLS', 'a=1; HttpOnly; SameSite=Strict', { ...plain, isTls: true }, true],
    ['that has all', 'a=1; HttpOnly; SameSite=Strict; Secure', { ...plain, isTls: true }, false],
  ])('lack a guard or not: one %s', (_, line, where, lacks) => {
    expect(unguarded(cookiesSet([setting('1 GET /', line)])[0]!, where)).toBe(lacks);
  });
});
