import { describe, expect, it } from '@jest/globals';
import type { Journey, JourneyRequest } from './journey.js';
import { type LiftedJourney, liftSecrets } from './lift-secrets.js';
import { requestName } from './request-name.js';

function lifted(...requests: Partial<JourneyRequest>[]): LiftedJourney {
  return liftSecrets(journeyOf(requests));
}

function journeyOf(requests: readonly Partial<JourneyRequest>[]): Journey {
  const whole = requests.map((part, index): JourneyRequest => {
    const named = { method: 'POST', path: '/', ...part };
    return { name: requestName(index, named), headers: {}, body: undefined, takes: [], keeps: undefined, ...named };
  });
  return { origin: undefined, requests: whole };
}

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('secrets', () => {
  it('of a sign-in are lifted with the name that they belong to', () => {
    const { journey, user } = lifted({ headers: form, body: 'email=ann%40shop.example&password=p%26ss&remember=1' });
    expect(journey.requests[0]!.body).toBe('email={{user.email}}&password={{user.password}}&remember=1');
    expect(Object.fromEntries(user)).toEqual({ 'user.email': 'ann@shop.example', 'user.password': 'p&ss' });
  });

  it('are known by the forms of several frameworks', () => {
    const { user } = lifted(
      { headers: form, body: 'user%5Bemail%5D=a&user%5Bpassword%5D=b&user%5Bpassword_confirmation%5D=c' },
      { headers: form, body: 'j_username=d&j_password=e' },
      { headers: form, body: 'username=f&password1=g&password2=h' },
    );
    expect([...user.keys()].map((name) => name.replace('user.', ''))).toEqual([
      'email',
      'password',
      'password_confirmation',
      'j_username',
      'j_password',
      'username',
      'password1',
      'password2',
    ]);
  });

  it('are known by their header, by their name and by their look', () => {
    const { journey, user } = lifted(
      { headers: { authorization: 'Basic YW5uOnB3', 'x-api-key': 'k-1' } },
      { path: `/reset/${jwt}?apiKey=k-1`, headers: json, body: '{"pin":1234,"id":7,"note":"a password"}' },
    );
    const [first, second] = journey.requests;
    expect(first!.headers).toEqual({ authorization: 'Basic {{user.token}}', 'x-api-key': '{{user.x-api-key}}' });
    expect(second!.path).toBe('/reset/{{user.secret}}?apiKey={{user.x-api-key}}');
    expect(second!.body).toBe('{"pin":{{user.pin}},"id":7,"note":"a password"}');
    expect(second!.name).toBe('2 POST /reset/{{user.secret}}');
    expect([...user.values()]).toEqual(['YW5uOnB3', 'k-1', jwt, '1234']);
  });

  it('of one name and different values have different columns', () => {
    const { journey } = lifted(
      { headers: json, body: '{"password":"old-one"}' },
      { headers: json, body: '{"password":"new-one","again":{"password":"old-one"}}' },
    );
    expect(journey.requests[1]!.body).toBe(
      '{"password":"{{user.password2}}","again":{"password":"{{user.password}}"}}',
    );
  });

  it('in a text of no known form are lifted with all of it', () => {
    const body = '<login><user>ann</user><password>open</password></login>';
    const { journey, user } = lifted({ headers: { 'content-type': 'text/xml' }, body }, { body: '<a>b</a>' });
    expect(journey.requests.map((request) => request.body)).toEqual(['{{user.body}}', '<a>b</a>']);
    expect(user.get('user.body')).toBe(body);
  });

  it('have no column that the journey has already for another', () => {
    const { journey } = lifted({ headers: json, body: '{"password":"{{user.password}}","again":{"password":"a"}}' });
    expect(journey.requests[0]!.body).toContain('"again":{"password":"{{user.password2}}"}');
  });

  it('that a reply gave, or that are lifted, stay, and so does a name that somebody gave', () => {
    const request = { name: 'sign in', path: `/a/${jwt}`, headers: { authorization: 'Bearer {{access_token}}' } };
    const once = lifted(request);
    expect(once.journey.requests[0]!.headers).toEqual(request.headers);
    expect(once.journey.requests[0]!.name).toBe('sign in');
    expect(liftSecrets(once.journey)).toEqual({ journey: once.journey, user: new Map(), differing: [] });
  });

  it('are none where nothing is secret', () => {
    const plain = { path: '/users/4f1c2d3e-8f8e-4a52-9d4e-0d4d8a8f3f11', headers: form, body: 'user=ann&token=' };
    expect(lifted(plain).journey.requests[0]).toMatchObject(plain);
  });
});

describe('what differs in a second recording', () => {
  /** A journey that brought these the second time, by their places. */
  function liftedTwice(...requests: (Partial<JourneyRequest> & { second: Record<string, string> })[]): LiftedJourney {
    const parts = requests.map(({ second, ...request }) => ({ request, second: new Map(Object.entries(second)) }));
    return liftSecrets(
      journeyOf(parts.map(({ request }) => request)),
      parts.map(({ second }) => second),
    );
  }
  const values = (user: LiftedJourney['second']) => Object.fromEntries(user ?? []);

  it('is the users’ where it was typed: in a form, and as a text of JSON', () => {
    const { journey, user, second } = liftedTwice(
      {
        headers: form,
        body: 'username=ann&password=p%261',
        second: { 'form username': 'bob', 'form password': 'p2' },
      },
      { headers: form, body: 'item=tea&size=5', second: { 'form item': 'coffee', 'form size': '5' } },
      {
        headers: json,
        body: '{"order":[{"sku":"tea","count":2}],"note":"for a friend"}',
        second: { 'json /order/0/sku': 'coffee', 'json /order/0/count': '3', 'json /note': 'for me' },
      },
      { path: '/search?q=tea', second: { 'query q': 'coffee' } },
    );
    expect(journey.requests.map(({ path, body }) => body ?? path)).toEqual([
      'username={{user.username}}&password={{user.password}}',
      'item={{user.item}}&size=5',
      '{"order":[{"sku":"{{user.item}}","count":2}],"note":"{{user.note}}"}',
      '/search?q={{user.item}}',
    ]);
    expect(values(user)).toEqual({
      'user.username': 'ann',
      'user.password': 'p&1',
      'user.item': 'tea',
      'user.note': 'for a friend',
    });
    expect(values(second)).toEqual({
      'user.username': 'bob',
      'user.password': 'p2',
      'user.item': 'coffee',
      'user.note': 'for me',
    });
  });

  it('has columns of its own where a name and a password were the same in one recording', () => {
    const { journey, second } = liftedTwice({
      headers: form,
      body: 'username=test&password=test',
      second: { 'form username': 'bob', 'form password': 'test' },
    });
    expect(journey.requests[0]!.body).toBe('username={{user.username}}&password={{user.password}}');
    expect(values(second)).toEqual({ 'user.username': 'bob', 'user.password': 'test' });
  });

  it('is known by its value in a request that the second recording lacks', () => {
    const signIn = { headers: form, body: 'username=ann&password=p1' };
    const { journey, second } = liftSecrets(journeyOf([signIn, signIn]), [
      undefined,
      new Map([
        ['form username', 'bob'],
        ['form password', 'p2'],
      ]),
    ]);
    expect(journey.requests[0]!.body).toBe(journey.requests[1]!.body);
    expect(values(second)).toEqual({ 'user.username': 'bob', 'user.password': 'p2' });
  });

  it('stays where a script made it up, counted it or wrote it into the address', () => {
    const id = '0b0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f11';
    const { journey, user, second, differing } = liftedTwice({
      path: '/a?_=1795965028123',
      headers: json,
      body: `{"id":"${id}","at":"1795965028123","key":"V1StGXR8_Z5jdHi6B-myT","count":2}`,
      second: {
        'query _': '1795965029123',
        'json /id': '5a0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f22',
        'json /at': '1795965029123',
        'json /key': 'a7GtGXR8_Z5jdHi6B-mzz',
        'json /count': '3',
      },
    });
    expect(journey.requests[0]!.body).toContain(`"id":"${id}","at":"1795965028123"`);
    expect([user.size, second]).toEqual([0, undefined]);
    expect(differing.map(({ brought: { key }, column }) => [key, column])).toEqual([
      ['_', undefined],
      ['/id', undefined],
      ['/at', undefined],
      ['/key', undefined],
      ['/count', undefined],
    ]);
  });
});
