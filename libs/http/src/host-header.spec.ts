import { expect, it } from '@jest/globals';
import { hasValidHost } from './host-header.js';

const valid = (...hosts: string[]) =>
  hasValidHost({ rawHeaders: ['accept', '*/*', ...hosts.flatMap((host) => ['Host', host])], httpVersion: '1.1' });

it.each([
  'bank.example',
  'bank.example:8080',
  '127.0.0.1:80',
  '[::1]',
  '[::1]:8080',
  'a_b-c~d',
  '%41.example',
  'a:',
  '',
])('takes %j', (host) => expect(valid(host)).toBe(true));

it.each([
  'a b',
  'a, b',
  'a/b',
  'a@b',
  'http://a',
  'a:b',
  'a:80:90',
  '::1',
  '[::1',
  '[::g]',
  '[bank.example]',
  '[]',
  '%4',
  '%zz',
  'a?b',
  'a#b',
  'a\\b',
  '"a"',
  '<a>',
  'bänk.example',
])('refuses %j', (host) => expect(valid(host)).toBe(false));

it('refuses two, though they are alike, and none', () => {
  expect(valid('a', 'a')).toBe(false);
  expect(valid()).toBe(false);
});

it('takes a request of HTTP/1.0 that names none', () => {
  expect(hasValidHost({ rawHeaders: [], httpVersion: '1.0' })).toBe(true);
});
