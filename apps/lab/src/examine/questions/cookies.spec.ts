import { describe, expect, it } from '@jest/globals';
import { looksLikeContent, nameOf, valueOf } from './cookies.js';

describe('a cookie', () => {
  it('is split at its first equals sign', () => {
    expect([nameOf('sid=a=='), valueOf('sid=a==')]).toEqual(['sid', 'a==']);
  });
});

describe('looksLikeContent', () => {
  it.each([
    ['a session of Flask', 'eyJ1c2VyIjoiYW5uIn0.aSrXbA.0T2m0cUJ0gG9qIu7XxN8N6lZJ0s'],
    [
      'a longer one, which Flask deflates',
      '.eJyrVspMUbJSSszLy1TSUcosSc0tBnJLikpTlWoBfjAI_g.aSrXbA.0T2m0cUJ0gG9qIu7XxN8N6lZJ0s',
    ],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGhlIHNpZ25hdHVyZQ'],
    ['a session of cookie-session', 'eyJjYXJ0IjpbMSwyXX0='],
    ['JSON as it is', '%7B%22cart%22%3A%5B1%5D%7D'],
    ['what is encrypted', `Fe26.2**${'k3'.repeat(100)}`],
  ])('takes %s for content', (_, value) => {
    expect(looksLikeContent(value)).toBe(true);
  });

  it.each([
    ['express-session', 's%3AGd7mS0Gq3tq2n5zv7o0bVwXwXo0vYl2j.1s9cW8Yw1cUeA0p6m2c2o8s5u0w7q9e3r1t5y7u9i1o'],
    ['a servlet container', 'A1B2C3D4E5F60718293A4B5C6D7E8F90.node1'],
    ['PHP', 'q2h0v7l5k3m1n9b8c6x4z2a0s1'],
    ['Django', 'x8f3k2j5h7g9d1s4a6q8w0e2r4t6y8u0'],
  ])('takes an id of %s for one', (_, value) => {
    expect(looksLikeContent(value)).toBe(false);
  });
});
