import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fillRequest } from './fill-request.js';
import type { JourneyRequest } from './journey.js';

function request(part: Partial<JourneyRequest>): JourneyRequest {
  return {
    name: '1 GET /',
    method: 'GET',
    path: '/',
    headers: {},
    body: undefined,
    takes: [],
    keeps: undefined,
    ...part,
  };
}

function filled(part: Partial<JourneyRequest>, values: Readonly<Record<string, string>>): JourneyRequest {
  return fillRequest(request(part), new Map(Object.entries(values))) as JourneyRequest;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

describe('a filled request', () => {
  it('has values encoded for path and query', () => {
    const { path } = filled({ path: '/orders/{{id}}?next={{next}}' }, { id: 'a/b c', next: 'x&y=ü' });
    expect(path).toBe('/orders/a%2Fb%20c?next=x%26y%3D%C3%BC');
  });

  it('asks for path and query of an address that a redirect gave', () => {
    expect(filled({ path: '{{next}}' }, { next: 'https://shop.example/orders/4?paid=1' }).path).toBe(
      '/orders/4?paid=1',
    );
    expect(filled({ path: '{{next}}' }, { next: '/orders/4?paid=1' }).path).toBe('/orders/4?paid=1');
  });

  it('brings any value whole in a form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const { body } = filled({ headers: form, body: 'a=1&b={{value}}&c=2' }, { value });
        expect([...new URLSearchParams(body)]).toEqual([
          ['a', '1'],
          ['b', value],
          ['c', '2'],
        ]);
      }),
    );
  });

  it('brings any value whole in JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { body } = filled({ headers: json, body: '{"a":"\\"{{value}}\\"","b":["{{ value }}"]}' }, { value });
        expect(JSON.parse(body!)).toEqual({ a: `"${value}"`, b: [value] });
      }),
    );
  });

  it('brings a number as a number where JSON has no quotes around it, and a text with quotes', () => {
    expect(filled({ headers: json, body: '{"id":{{id}}}' }, { id: '42' }).body).toBe('{"id":42}');
    expect(filled({ headers: json, body: '{"id":{{id}}}' }, { id: '4a' }).body).toBe('{"id":"4a"}');
  });

  it('brings values as they are in a text, in a part of a form and in a header, which no value can break', () => {
    expect(filled({ body: 'key {{key}}', headers: { 'content-type': 'text/plain' } }, { key: 'a b' }).body).toBe(
      'key a b',
    );
    expect(filled({ headers: { authorization: 'Bearer {{token}}' } }, { token: 'a\r\nx: b' }).headers).toEqual({
      authorization: 'Bearer a x: b',
    });
    const parts = '--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{{csrf}}\r\n--x--\r\n';
    const { body } = filled(
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: parts },
      { csrf: 'a&b' },
    );
    expect(body).toContain('\r\n\r\na&b\r\n--x--');
  });

  it('keeps a session by what its own user is called', () => {
    expect(filled({ keeps: { status: 200, contains: 'Hello {{user.name}}' } }, { 'user.name': 'Ann' }).keeps).toEqual({
      status: 200,
      contains: 'Hello Ann',
    });
  });

  it('has made-up values that are new for each request, and the same within it', () => {
    const asked = { path: '/{{uuid}}', headers: { 'idempotency-key': '{{uuid}}', at: '{{now}}', trace: '{{random}}' } };
    const [one, other] = [filled(asked, {}), filled(asked, {})];
    expect(one.path).toBe(`/${one.headers['idempotency-key']}`);
    expect(one.path).not.toBe(other.path);
    expect(one.headers['trace']).toMatch(/^[\da-f]{16}$/);
    expect(new Date(one.headers['at']!).toISOString()).toBe(one.headers['at']);
  });

  it('is not sent where a value is missing, and its name is told', () => {
    expect(fillRequest(request({ body: '{"a":"{{csrf}}"}' }), new Map())).toEqual({ missing: 'csrf' });
    expect(fillRequest(request({ path: '/{{id}}' }), new Map([['id', '']]))).toEqual(request({ path: '/' }));
  });
});
