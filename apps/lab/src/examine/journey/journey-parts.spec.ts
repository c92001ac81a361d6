import { describe, expect, it } from '@jest/globals';
import type { Journey } from '../journey/journey.js';
import { middleOf, repeatable, signOutIn } from './journey-parts.js';

/** A journey of these requests, each a method and a path. */
const journeyOf = (...requests: string[]): Journey => ({
  origin: undefined,
  requests: requests.map((request) => {
    const [method = '', path = ''] = request.split(' ');
    return { name: request, method, path, headers: {}, body: undefined, takes: [], keeps: undefined };
  }),
});

describe('the middle of a journey', () => {
  it.each<[string[], { middle: number; end: number }]>([
    [['GET /login', 'POST /login', 'POST /cart', 'GET /cart'], { middle: 3, end: 4 }],
    [['POST /login', 'GET /', 'POST /cart'], { middle: 1, end: 3 }],
    [['POST /login', 'POST /cart', 'GET /cart', 'POST /logout', 'GET /'], { middle: 2, end: 3 }],
    [['GET /', 'GET /a', 'GET /b', 'GET /c'], { middle: 2, end: 4 }],
    [['GET /', 'GET /a'], { middle: 1, end: 2 }],
  ])('of %j lies after what changes something and before what can show it: %j', (requests, middle) => {
    expect(middleOf(journeyOf(...requests))).toEqual(middle);
  });
});

it('lies after the last request that changes something, where others only read by POST', () => {
  const { origin, requests } = journeyOf('POST /login', 'POST /api', 'POST /api', 'POST /search', 'GET /');
  const graphql = ['mutation Add { add { id } }', 'query Cart { cart { id } }'].map((query) =>
    JSON.stringify({ query }),
  );
  const journey = requests.map((request, index) => ({
    ...request,
    body: graphql[index - 1],
    ...(index === 3 && { reads: true }),
  }));
  expect(middleOf({ origin, requests: journey })).toEqual({ middle: 2, end: 5 });
  expect(middleOf({ origin, requests })).toEqual({ middle: 4, end: 5 });
  const seen = journeyOf('POST /login', 'GET /add?item=tea', 'GET /');
  expect(
    middleOf({ origin, requests: seen.requests.map((request, index) => ({ ...request, reads: index !== 1 })) }),
  ).toEqual({
    middle: 2,
    end: 3,
  });
});

describe('a sign-out', () => {
  it.each([
    ['POST /logout', 1],
    ['GET /account/sign-out?next=/', 1],
    ['POST /users/sign_out', 1],
    ['DELETE /session', 1],
    ['DELETE /api/sessions/5', 1],
    ['GET /signoff', 1],
    ['POST /logoff', 1],
    ['POST /oauth/revoke', 1],
    ['POST /auth/revoke?all=1', 1],
    ['POST /o/revoke_token/', 1],
    ['POST /token/revocation', 1],
    ['DELETE /auth/token', 1],
    ['DELETE /api/access-tokens/5', 1],
    ['DELETE /cart/5', undefined],
    ['DELETE /sessions/5/talks/3', undefined],
    ['DELETE /session-templates', undefined],
    ['GET /revoke', undefined],
    ['POST /revoked', undefined],
    ['POST /tokens', undefined],
    ['GET /blogouts', undefined],
  ])('is read from %s: %s', (request, place) => {
    expect(signOutIn(journeyOf('POST /login', request))).toBe(place);
  });

  it('is what the journey calls one, and not what it calls none', () => {
    const { requests } = journeyOf('POST /login', 'GET /how-to-logout', 'POST /goodbye', 'GET /');
    const called = (at: number, signsOut: boolean) =>
      requests.map((request, index) => (index === at ? { ...request, signsOut } : request));
    expect(signOutIn({ origin: undefined, requests })).toBe(1);
    expect(signOutIn({ origin: undefined, requests: called(2, true) })).toBe(2);
    expect(signOutIn({ origin: undefined, requests: called(1, false) })).toBeUndefined();
  });

  it('is looked for after one that the journey begins with', () => {
    expect(signOutIn(journeyOf('GET /logout', 'POST /login', 'POST /logout'))).toBe(2);
  });
});

describe('what can be sent again', () => {
  it('stands before the sign-out, and is none', () => {
    expect(repeatable(journeyOf('POST /login', 'GET /', 'POST /auth/revoke', 'GET /'))).toEqual([0, 1]);
    expect(repeatable(journeyOf('GET /logout', 'POST /login', 'GET /'))).toEqual([1, 2]);
    const { requests } = journeyOf('POST /login', 'GET /how-to-logout', 'POST /goodbye', 'GET /');
    const declared = requests.map((request, index) => (index === 2 ? { ...request, signsOut: true } : request));
    expect(repeatable({ origin: undefined, requests: declared })).toEqual([0, 1]);
  });
});
