import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Journey, JourneyRequest } from './journey.js';
import { readYaml } from './read-yaml.js';
import { requestName } from './request-name.js';
import { writeYaml } from './write-yaml.js';

function journey(...parts: (Partial<JourneyRequest> & Pick<JourneyRequest, 'method'>)[]): Journey {
  const requests = parts.map((part, index): JourneyRequest => {
    const named = { path: '/', ...part };
    return { name: requestName(index, named), headers: {}, body: undefined, takes: [], keeps: undefined, ...named };
  });
  return { origin: 'http://shop.example', requests };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

describe('a journey that is written', () => {
  it('is short', () => {
    const written = writeYaml(
      journey(
        { method: 'GET', path: '/login', takes: [{ name: 'csrf', from: { kind: 'field', field: '_csrf' } }] },
        { method: 'POST', path: '/login', headers: form, body: '_csrf={{csrf}}&user=ann+b' },
        { method: 'POST', path: '/cart', headers: { ...json, 'x-a': '1' }, body: '{"sku":"a","count":2}' },
      ),
    );
    expect(written).toBe(
      [
        'origin: http://shop.example',
        'requests:',
        '  - get: /login',
        '    takes:',
        '      csrf:',
        '        field: _csrf',
        '  - post: /login',
        '    form:',
        "      _csrf: '{{csrf}}'",
        '      user: ann b',
        '  - post: /cart',
        '    headers:',
        "      x-a: '1'",
        '    json:',
        '      sku: a',
        '      count: 2',
        '',
      ].join('\n'),
    );
  });

  it('is read as it was', () => {
    const whole = journey(
      { method: 'PUT', path: '/a?b={{c}}', name: 'change', keeps: { status: 200, contains: 'x' } },
      { method: 'POST', path: '/search', reads: true },
      { method: 'POST', path: '/goodbye', signsOut: true },
      { method: 'GET', path: '/how-to-logout', signsOut: false },
      { method: 'POST', headers: json, body: '{"id":{{uuid}}}' },
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"a":1}' },
      { method: 'POST', headers: {}, body: 'a: b\n' },
      {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.api+json' },
        body: '["yes","1",null,1e3]'.replace('1e3', '1000'),
      },
      {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\n\r\n1\r\n--x--\r\n',
      },
      { method: 'POST', headers: form, body: 'a=1&a={{now}}&b=' },
    );
    const first = whole.requests[0]!;
    const given: JourneyRequest = {
      ...first,
      name: 'look',
      path: '/',
      takes: [
        { name: 'c', from: { kind: 'header', header: 'x', pattern: '^a: (\\d+)#$' } },
        { name: 'd', from: { kind: 'json', pointer: '/a/0' } },
        { name: 'e', from: { kind: 'cookie', cookie: 'no' } },
        { name: 'f', from: { kind: 'body', pattern: '"([^\n]+)' } },
      ],
    };
    const requests = [given, ...whole.requests].map((request, index) =>
      request.name.startsWith(`${index} `) ? { ...request, name: requestName(index, request) } : request,
    );
    expect(readYaml(writeYaml({ ...whole, requests }))).toEqual({ ...whole, requests });
  });

  it('brings any form and any JSON as it was', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('{{'));
    fc.assert(
      fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (fields) => {
        const body = Object.entries(fields)
          .map((pair) => pair.map(encodeURIComponent).join('='))
          .join('&');
        const [first, second] = readYaml(
          writeYaml(
            journey(
              { method: 'POST', headers: form, body },
              { method: 'POST', headers: json, body: JSON.stringify(fields) },
            ),
          ),
        ).requests;
        expect(Object.fromEntries(new URLSearchParams(first!.body))).toEqual(fields);
        expect(JSON.parse(second!.body!)).toEqual(fields);
      }),
      { examples: [[JSON.parse('{"__proto__":"a","b":"c"}') as Record<string, string>]] },
    );
  });
});
