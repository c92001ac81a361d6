import { describe, expect, it } from '@jest/globals';
import type { JourneyRequest } from '../journey/journey.js';
import { bytesOf, contentAmong, credentialsOf } from './credentials.js';

const bearer = 'k3J9'.repeat(43);

/** What a request brought. */
const carrying = (cookies: readonly string[], headers: Record<string, string> = {}) =>
  credentialsOf({ cookies, request: { headers } as unknown as JourneyRequest });

describe('what a client is known by', () => {
  it('is its cookies and its token, without the scheme', () => {
    expect(carrying(['sid=a='], { authorization: 'Bearer t1' })).toEqual([
      { name: 'sid', value: 'a=', kind: 'cookie' },
      { name: 'authorization', value: 't1', kind: 'token' },
    ]);
    expect(bytesOf(carrying(['sid=a=']))).toBe(6);
  });

  it('counts as content by its name and by why, without its value', () => {
    const said = contentAmong([
      ...carrying(['sid=A1B2C3', 'cart=eyJjYXJ0IjpbMSwyXX0='], { authorization: `Bearer ${bearer}${bearer}` }),
      ...carrying(['cart=eyJjYXJ0IjpbMSwzXX0=']),
    ]);
    expect([...said.values()]).toEqual([
      'The cookie cart counts as content: it has JSON in it, in Base64.',
      'The token of the header authorization counts as content: it has 344 characters: its length alone, not what can be ' +
        'read in it, speaks for content.',
    ]);
  });

  it('does not count as content where it is a long random token', () => {
    expect(contentAmong(carrying([], { authorization: `Bearer ${bearer}` })).size).toBe(0);
  });
});
