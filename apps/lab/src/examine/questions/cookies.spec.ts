import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { contentIn, looksLikeContent, nameOf, valueOf } from './cookies.js';

describe('a cookie', () => {
  it('is split at its first equals sign', () => {
    expect([nameOf('sid=a=='), valueOf('sid=a==')]).toEqual(['sid', 'a==']);
  });
});

/** Bytes without sense, the same each time. */
const random = (bytes: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes / 32) }, (_, index) => createHash('sha256').update(String(index)).digest()),
  ).subarray(0, bytes);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('looksLikeContent', () => {
  it.each([
    ['a session of Flask', 'eyJ1c2VyIjoiYW5uIn0.aSrXbA.0T2m0cUJ0gG9qIu7XxN8N6lZJ0s'],
    [
      'a longer one, which Flask deflates',
      '.eJyrVspMUbJSSszLy1TSUcosSc0tBnJLikpTlWoBfjAI_g.aSrXbA.0T2m0cUJ0gG9qIu7XxN8N6lZJ0s',
    ],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGhlIHNpZ25hdHVyZQ'],
    ['a session of cookie-session', 'eyJjYXJ0IjpbMSwyXX0='],
    ['who somebody is, in JSON', base64('{"passport":{"user":"65f0c1a2b3d4e5f60718293a"}}')],
    ['an id beside a cart, in JSON', base64(JSON.stringify({ token: random(32).toString('hex'), cart: ['tea'] }))],
    ['JSON as it is', '%7B%22cart%22%3A%5B1%5D%7D'],
    ['what is encrypted', `Fe26.2**${'k3'.repeat(100)}`],
    ['what Fernet encrypts', `gAAAAABm${random(90).toString('base64url')}`],
    ['text in Base64', base64('user=ann&cart=1,2')],
    ['what is encrypted in parts', [120, 12, 16].map((bytes) => random(bytes).toString('base64')).join('--')],
    ['what is longer than any id', random(200).toString('base64')],
  ])('takes %s for content', (_, value) => {
    expect(looksLikeContent(value)).toBe(true);
  });

  it.each([
    ['express-session', 's%3AGd7mS0Gq3tq2n5zv7o0bVwXwXo0vYl2j.1s9cW8Yw1cUeA0p6m2c2o8s5u0w7q9e3r1t5y7u9i1o'],
    ['a servlet container', 'A1B2C3D4E5F60718293A4B5C6D7E8F90.node1'],
    ['PHP', 'q2h0v7l5k3m1n9b8c6x4z2a0s1'],
    ['Django', 'x8f3k2j5h7g9d1s4a6q8w0e2r4t6y8u0'],
    ['Spring Session, a UUID in Base64', base64('9b2e1c0a-5d3f-4e8b-9a7c-2f1d0e6b8c4a')],
    ['cookie-session, wrapped in JSON', base64(JSON.stringify({ token: random(32).toString('hex') }))],
    [
      'a UUID under a key of its own, as JSON',
      '{"sessionToken":"9b2e1c0a-5d3f-4e8b-9a7c-2f1d0e6b8c4a","remember":true}',
    ],
    ['128 random bytes in Base64', random(128).toString('base64')],
    ['128 random bytes, percent-encoded', encodeURIComponent(random(128).toString('base64'))],
    ['128 random bytes in hexadecimal digits', random(128).toString('hex')],
  ])('takes an id of %s for one', (_, value) => {
    expect(looksLikeContent(value)).toBe(false);
  });
});

describe('contentIn', () => {
  it.each([
    ['is a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGhlIHNpZ25hdHVyZQ'],
    ['is JSON', '{"cart":[1]}'],
    ['has JSON in it, in Base64', 'eyJjYXJ0IjpbMSwyXX0='],
    ['has text in it, in Base64', base64('user=ann&cart=1,2')],
    [
      'has 268 characters: its length alone, not what can be read in it, speaks for content',
      random(200).toString('base64'),
    ],
  ])('says that it %s', (why, value) => {
    expect(contentIn(value)).toBe(why);
  });
});
