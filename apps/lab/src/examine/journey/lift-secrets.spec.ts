import { describe, expect, it } from '@jest/globals';
import type { Journey, JourneyRequest } from './journey.js';
import { type LiftedJourney, liftSecrets } from './lift-secrets.js';
import { requestName } from './request-name.js';

function lifted(...requests: Partial<JourneyRequest>[]): LiftedJourney {
  const whole = requests.map((part, index): JourneyRequest => {
    const named = { method: 'POST', path: '/', ...part };
    return { name: requestName(index, named), headers: {}, body: undefined, takes: [], keeps: undefined, ...named };
  });
  const journey: Journey = { origin: undefined, requests: whole };
  return liftSecrets(journey);
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
    expect(liftSecrets(once.journey)).toEqual({ journey: once.journey, user: new Map() });
  });

  it('are none where nothing is secret', () => {
    const plain = { path: '/users/4f1c2d3e-8f8e-4a52-9d4e-0d4d8a8f3f11', headers: form, body: 'user=ann&token=' };
    expect(lifted(plain).journey.requests[0]).toMatchObject(plain);
  });
});
