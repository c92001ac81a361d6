import { describe, expect, it } from '@jest/globals';
import { broughtValues, changeValues } from './brought-values.js';
import type { JourneyRequest } from './journey.js';

const posted: JourneyRequest = {
  name: '1 POST /a',
  method: 'POST',
  path: '/a%20b/7?q=1+2&q=%C3%BC&flag',
  headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer t1' },
  body: 'name=A+B&name=%2B',
  takes: [],
  keeps: undefined,
};
const uploaded: JourneyRequest = {
  ...posted,
  headers: { 'content-type': 'multipart/form-data; boundary=x' },
  body:
    '--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nt1\r\n' +
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nt1\r\n--x--\r\n',
};

function json(body: string): JourneyRequest {
  return { ...posted, path: '/', headers: { 'content-type': 'application/json' }, body };
}

describe('the values of a request', () => {
  it('are decoded, and have a place each', () => {
    expect(broughtValues(posted).map(({ kind, key, value }) => [kind, key, value])).toEqual([
      ['path', '1', 'a b'],
      ['path', '2', '7'],
      ['query', 'q', '1 2'],
      ['query', 'q#2', 'ü'],
      ['header', 'content-type', 'application/x-www-form-urlencoded'],
      ['header', 'authorization', 't1'],
      ['form', 'name', 'A B'],
      ['form', 'name#2', '+'],
    ]);
  });

  it('leave a request as it was written where none changes', () => {
    const odd = json('{ "a" : "\\u00e9", "b": [1.0, {{id}}] }');
    for (const request of [posted, uploaded, odd]) expect(changeValues(request, ({ value }) => value)).toEqual(request);
  });

  it('are encoded for their places where they change, names apart', () => {
    const changed = changeValues(posted, ({ kind, value }) => (kind === 'header' ? value : `&{{x}}${value}`));
    expect(changed.path).toBe('/%26{{x}}a%20b/%26{{x}}7?q=%26{{x}}1%202&q=%26{{x}}%C3%BC&flag');
    expect(changed.body).toBe('name=%26{{x}}A%20B&name=%26{{x}}%2B');
    const token = changeValues(posted, ({ key, value }) => (key === 'authorization' ? '{{token}}' : value));
    expect(token.headers['authorization']).toBe('Bearer {{token}}');
  });

  it('are numbers and texts of JSON, and a name for a number has no quotes', () => {
    const request = json('{"a":{"b~/":"x"},"n":[7,null,true],"o":{{order}}}');
    expect(broughtValues(request).slice(1)).toEqual([
      { kind: 'json', key: '/a/b~0~1', value: 'x' },
      { kind: 'json', key: '/n/0', value: '7', isNumber: true },
      { kind: 'json', key: '/o', value: '{{order}}', isNumber: true },
    ]);
    const changed = changeValues(request, ({ key, value }) => (key === '/n/0' ? '{{id}}' : value));
    expect(changed.body).toBe('{"a":{"b~/":"x"},"n":[{{id}},null,true],"o":{{order}}}');
  });

  it('are fields of a form in parts, and no files', () => {
    expect(broughtValues(uploaded).filter(({ kind }) => kind === 'form')).toEqual([
      { kind: 'form', key: 'csrf', value: 't1' },
    ]);
    const changed = changeValues(uploaded, ({ kind, value }) => (kind === 'form' ? '{{csrf}}' : value));
    expect(changed.body).toBe(uploaded.body!.replace('\r\n\r\nt1', '\r\n\r\n{{csrf}}'));
  });
});
