import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../repository.js';
import { readYaml } from './read-yaml.js';

const whole = `
origin: http://127.0.0.1:3000/
requests:
  - get: /login
    takes:
      csrf: { field: _csrf }
      next: { header: Location }
  - name: sign in
    post: /login
    form: { _csrf: '{{csrf}}', user: '{{user.name}} & co', tag: [a, b], agreed: true }
    takes:
      token: { json: /access/token }
      link: { header: Link, pattern: '<([^>]+)>' }
      key: { body: 'key="(\\w+)"' }
      xsrf: { cookie: XSRF-TOKEN }
  - put: /cart/{{key}}
    headers: { X-XSRF-Token: '{{xsrf}}', X-Count: 3 }
    json: { items: [{ sku: a, count: 2 }] }
    keeps: { status: 200, contains: a, lacks: empty }
  - patch: '{{link}}'
    headers: { content-type: application/merge-patch+json }
    json: { a: null }
  - delete: /cart
    body: plain {{uuid}}
    signsOut: true
`;

function refusal(text: string): string {
  try {
    readYaml(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was read.');
}

describe('a journey in YAML', () => {
  it('is read with all that it can have', () => {
    const { origin, requests } = readYaml(whole);
    expect(origin).toBe('http://127.0.0.1:3000');
    expect(requests.map(({ name }) => name)).toEqual([
      '1 GET /login',
      'sign in',
      '3 PUT /cart/{{key}}',
      '4 PATCH {{link}}',
      '5 DELETE /cart',
    ]);
    expect(requests[0]!.takes[1]!.from).toEqual({ kind: 'header', header: 'location', pattern: '.+' });
    expect(requests[1]).toEqual({
      name: 'sign in',
      method: 'POST',
      path: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '_csrf={{csrf}}&user={{user.name}}%20%26%20co&tag=a&tag=b&agreed=true',
      takes: [
        { name: 'token', from: { kind: 'json', pointer: '/access/token' } },
        { name: 'link', from: { kind: 'header', header: 'link', pattern: '<([^>]+)>' } },
        { name: 'key', from: { kind: 'body', pattern: 'key="(\\w+)"' } },
        { name: 'xsrf', from: { kind: 'cookie', cookie: 'XSRF-TOKEN' } },
      ],
      keeps: undefined,
    });
    expect(requests[2]).toMatchObject({
      headers: { 'x-xsrf-token': '{{xsrf}}', 'x-count': '3', 'content-type': 'application/json' },
      body: '{"items":[{"sku":"a","count":2}]}',
      keeps: { status: 200, contains: 'a', lacks: 'empty' },
    });
    expect(requests[3]).toMatchObject({
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{"a":null}',
    });
    expect(requests[4]).toMatchObject({ headers: {}, body: 'plain {{uuid}}', signsOut: true });
    expect(requests[0]).not.toHaveProperty('signsOut');
  });

  it('is read as its document has it', () => {
    const document = readFileSync(join(repositoryRoot, 'docs/journey.md'), 'utf8');
    const [, example = ''] = /```yaml\n(origin[^]*?)```/.exec(document) ?? [];
    expect(readYaml(example).requests.map(({ signsOut }) => signsOut)).toEqual([...Array<undefined>(4), true]);
  });

  it('may be JSON, which is YAML', () => {
    expect(readYaml('{"requests":[{"get":"/"}]}')).toMatchObject({
      origin: undefined,
      requests: [{ path: '/', keeps: undefined }],
    });
  });

  it.each([
    ['', 'no journey'],
    ['requests: []', 'requests: a journey has one request or more'],
    ['origin: shop.example\nrequests: [{ get: / }]', 'origin: write scheme and host'],
    ['requests:\n  - get: /\n   post: /', 'Line 3: '],
    ['requests:\n  - post: /\n    form:\n      csrf: {{csrf}}', "Line 4: '{{name}}' needs quotes around it"],
    ['requests: [{ gett: / }]', 'Unrecognized key: "gett"'],
    ['requests: [{ name: a }]', 'requests[0] needs one method with its path, such as get: /cart'],
    ['requests: [{ get: /, post: / }]', 'requests[0] needs one method'],
    ['requests: [{ get: "http://a.example/" }]', 'a path begins with /'],
    ['requests: [{ post: /, form: { a: b }, body: c }]', 'more than one of form, json and body'],
    ['requests: [{ post: /, form: { a: { b: c } } }]', 'requests[0].form.a: write a text or a number'],
    ['requests: [{ get: /, headers: { Cookie: a=1 } }]', 'leave the header cookie out; cookies come from the replies'],
    ['requests: [{ post: /, signsOut: maybe }]', 'requests[0].signsOut: write true or false'],
    ['requests: [{ post: /, reads: maybe }]', 'requests[0].reads: write true or false'],
    ['requests: [{ get: /, takes: { a b: { json: /a } } }]', 'a name has letters, digits, _ and - alone'],
    ['requests: [{ get: /, takes: { a: { xpath: /a } } }]', 'write one of json: /pointer, field: name'],
    ['requests: [{ get: /, takes: { a: { body: "(" } } }]', 'takes.a.body: this is no regular expression'],
    [
      'requests: [{ get: "/{{id}}", takes: { id: { json: /id } } }]',
      '1 GET /{{id}} brings {{id}}, and no request before it takes that',
    ],
  ])('is refused in %j: %s', (text, sentence) => {
    expect(refusal(text)).toContain(sentence);
    expect(refusal(text)).toMatch(/docs\/journey\.md has every key, and an example\.$/);
  });

  it('is refused without showing what stands in the line', () => {
    expect(refusal('requests:\n  - post: /\n    form: { password: "secret }')).not.toContain('secret');
  });
});
