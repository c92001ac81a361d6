import { describe, expect, it } from '@jest/globals';
import type { ValueSource } from './journey.js';
import { type GivingReply, takeValues } from './take-values.js';

function taken(
  from: ValueSource,
  { headers = {}, body = '' }: Partial<GivingReply>,
  cookie?: string,
): string | undefined {
  return takeValues({ takes: [{ name: 'it', from }] }, { headers, body }, () => cookie).get('it');
}

describe('a value', () => {
  it('is taken out of JSON by its pointer, whatever it is', () => {
    const body = '{"order":{"id":42,"a/b":["x",true]}}';
    expect(taken({ kind: 'json', pointer: '/order/id' }, { body })).toBe('42');
    expect(taken({ kind: 'json', pointer: '/order/a~1b/1' }, { body })).toBe('true');
    expect(taken({ kind: 'json', pointer: '' }, { body: '"token"' })).toBe('token');
  });

  it('is taken out of a field or a <meta>, its characters decoded', () => {
    const body =
      '<meta content="m&amp;m" name=csrf-token><form><input type="hidden" value="a&quot;b" name="_csrf"></form>';
    expect(taken({ kind: 'field', field: 'csrf-token' }, { body })).toBe('m&m');
    expect(taken({ kind: 'field', field: '_csrf' }, { body })).toBe('a"b');
  });

  it('is taken out of the first line of a header that fits', () => {
    const headers = { link: ['</a>; rel=prev', '</b?c=7>; rel=next'], location: ['/done?code=a%2Fb#x', '/'] };
    expect(taken({ kind: 'header', header: 'link', pattern: '<([^>]+)>; rel=next' }, { headers })).toBe('/b?c=7');
    expect(taken({ kind: 'header', header: 'location', pattern: 'code=([^&#]+)' }, { headers })).toBe('a/b');
    expect(taken({ kind: 'header', header: 'location', pattern: '.+' }, { headers })).toBe('/done?code=a%2Fb#x');
  });

  it('is taken out of a text, and out of the jar as scripts read a cookie', () => {
    expect(taken({ kind: 'body', pattern: 'key = "(\\w+)"' }, { body: 'var key = "k1";' })).toBe('k1');
    expect(taken({ kind: 'cookie', cookie: 'XSRF-TOKEN' }, {}, 'a%3D%3D')).toBe('a==');
    expect(taken({ kind: 'cookie', cookie: 'XSRF-TOKEN' }, {}, '100%')).toBe('100%');
  });

  it.each<ValueSource>([
    { kind: 'json', pointer: '/order/id' },
    { kind: 'json', pointer: '/order' },
    { kind: 'field', field: 'csrf' },
    { kind: 'header', header: 'location', pattern: '.+' },
    { kind: 'body', pattern: 'key=(\\d+)' },
    { kind: 'cookie', cookie: 'a' },
  ])('is none where there is none: %j', (from) => {
    expect(taken(from, { body: '{"order":{}}' })).toBeUndefined();
    expect(taken(from, { body: '<input name=csrf value="">' })).toBeUndefined();
  });
});
