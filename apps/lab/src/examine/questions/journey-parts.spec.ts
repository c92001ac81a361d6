import { describe, expect, it } from '@jest/globals';
import type { Journey } from '../journey/journey.js';
import { middleOf, signOutIn } from './journey-parts.js';

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

describe('a sign-out', () => {
  it.each([
    ['POST /logout', 1],
    ['GET /account/sign-out?next=/', 1],
    ['POST /users/sign_out', 1],
    ['DELETE /session', 1],
    ['DELETE /api/sessions/5', 1],
    ['DELETE /cart/5', undefined],
    ['GET /blogouts', undefined],
  ])('is read from %s: %s', (request, place) => {
    expect(signOutIn(journeyOf('POST /login', request))).toBe(place);
  });
});
