import { describe, expect, it } from '@jest/globals';
import { cut, readToken, abbreviatedBody, abbreviatedHeader } from './secrets.js';

const secret = 'abcdefghijklmnopqrstuvwxyz';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('what is shown of secrets', () => {
  it.each([
    ['authorization', `Bearer ${secret}`, 'Bearer abcdefghijklmnop…'],
    ['cookie', `tellers-session-sticky=${secret}; a=short`, 'tellers-session-sticky=abcdefghijklmnop…; a=short'],
    ['set-cookie', `a=${secret}; Path=/; HttpOnly`, 'a=abcdefghijklmnop…; Path=/; HttpOnly'],
    ['set-cookie', 'a=; Max-Age=0', 'a=; Max-Age=0'],
    ['content-type', secret, secret],
  ])('is the beginning: %s', (name, value, displayed) => expect(abbreviatedHeader(name, value)).toBe(displayed));

  it('is the beginning in bodies, too, and all else is whole', () => {
    const body = { password: secret, access_token: secret, refresh_token: secret, continuation: secret, name: secret };
    expect(abbreviatedBody(body)).toEqual({
      password: cut(secret),
      access_token: cut(secret),
      refresh_token: cut(secret),
      continuation: cut(secret),
      name: secret,
    });
    expect([abbreviatedBody(undefined), abbreviatedBody([1])]).toEqual([null, [1]]);
  });

  it('leaves what a token says whole', () => {
    const token = `${part({ alg: 'ES256' })}.${part({ sub: secret })}.signature`;
    expect(readToken(token)).toEqual({ header: { alg: 'ES256' }, claims: { sub: secret } });
    expect([readToken(''), readToken('a.b'), readToken(part({}))]).toEqual([null, null, null]);
  });
});
