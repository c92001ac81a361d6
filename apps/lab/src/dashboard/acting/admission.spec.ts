import { describe, expect, it } from '@jest/globals';
import { isThisMachine, newToken, refusalOf, type ActionCredentials } from './admission.js';

const token = newToken();
const refusal = (own: Partial<ActionCredentials>) =>
  refusalOf(
    { authorization: `Bearer ${token}`, host: '127.0.0.1:4000', origin: undefined, fetchSite: undefined, ...own },
    token,
  );

describe('who may act', () => {
  it.each<[string, Partial<ActionCredentials>]>([
    ['a program that is no browser', {}],
    ['the page itself', { origin: 'http://127.0.0.1:4000', fetchSite: 'same-origin' }],
    ['a page behind an ingress that ends TLS', { origin: 'https://bank.example', host: 'Bank.example' }],
    ['somebody who typed the address', { fetchSite: 'none' }],
    ['a scheme in small letters', { authorization: `bearer ${token}` }],
  ])('%s', (_who, own) => expect(refusal(own)).toBeUndefined());

  it.each<[string, Partial<ActionCredentials>, string]>([
    ['a page of another site', { fetchSite: 'cross-site' }, 'cross-origin-refused'],
    ['a page of the same site on another port', { fetchSite: 'same-site' }, 'cross-origin-refused'],
    ['another origin in an old browser', { origin: 'http://127.0.0.1:4001' }, 'cross-origin-refused'],
    ['an origin that is hidden', { origin: 'null' }, 'cross-origin-refused'],
    ['an origin and no host', { origin: 'http://127.0.0.1:4000', host: undefined }, 'cross-origin-refused'],
    ['nobody', { authorization: undefined }, 'token-missing'],
    ['another scheme', { authorization: `Basic ${token}` }, 'token-missing'],
    ['an empty token', { authorization: 'Bearer ' }, 'token-missing'],
    ['a part of the token', { authorization: `Bearer ${token.slice(0, -1)}` }, 'token-wrong'],
    ['more than the token', { authorization: `Bearer ${token}a` }, 'token-wrong'],
    ['an old token', { authorization: `Bearer ${newToken()}` }, 'token-wrong'],
  ])('not %s', (_who, own, code) => expect(refusal(own)).toBe(code));

  it('holds a token that is long, and another one each time', () => {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(newToken()).not.toBe(token);
  });
});

describe('isThisMachine', () => {
  it.each(['localhost', 'localhost:4000', '127.0.0.1:4000', '127.1.2.3', '[::1]:4000', 'LOCALHOST:1'])('%s', (host) =>
    expect(isThisMachine(host)).toBe(true),
  );
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4000', '10.0.0.1', '', undefined, '::1'])(
    'not %s',
    (host) => expect(isThisMachine(host)).toBe(false),
  );
});
