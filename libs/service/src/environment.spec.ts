import { expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment, serviceEnvironment } from './environment.js';
import { podNameHere } from './pod.js';

const REDIS_URL = 'redis://127.0.0.1:6379';
const read = (variables: NodeJS.ProcessEnv) => readEnvironment(serviceEnvironment, { REDIS_URL, ...variables });

function faults(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.faults;
    throw error;
  }
  return [];
}

it('fills in defaults that just work', () => {
  expect(read({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, LOG_LEVEL: 'info', HSTS_SECONDS: 0 });
});

it('names every fault at once', () => {
  const wrong = { PORT: '70000', LOG_LEVEL: 'loud', REDIS_URL: 'http://x', REDIS_USERNAME: 'u' };
  expect(faults(wrong).map((fault) => fault.split(':')[0])).toEqual([
    'REDIS_USERNAME',
    'PORT',
    'LOG_LEVEL',
    'REDIS_URL',
  ]);
});

it.each([
  [
    'PORT',
    ['', ' ', '-1', '65536', '1.5', '1e3', '0x10', '٣', 'x', '1 2', '+1', 'NaN', 'Infinity', 'tcp://10.0.0.1:80'],
  ],
  ['ADMIN_PORT', ['', '99999999999999999999']],
  ['DRAIN_DEADLINE_MS', ['', '-1', '2147483648', '25s', 'null']],
  ['DRAIN_QUIET_MS', ['', '0.5', '2147483648']],
  ['DRAIN_LEAVE_MS', ['', 'never', '2147483648']],
  ['HSTS_SECONDS', ['', '-1', 'true', '999999999999']],
  ['HOST', ['', ' ', '[::1]', 'a b', 'http://a', '127.0.0.1:80:x/']],
  ['POD_NAME', ['', 'a b', 'ü', 'a\nb', 'a'.repeat(254)]],
  ['LOG_LEVEL', ['', 'INFO', 'warning', '3']],
  ['PATH_PREFIX', ['bank', '/bank/', '/', '/a?b', '/..', '/a/../b', '/.', '//a']],
  ['REDIS_USERNAME', ['']],
  ['REDIS_PASSWORD', ['']],
])('refuses %s by its name: %j', (name, values) => {
  for (const value of values)
    expect([value, faults({ [name]: value })]).toEqual([value, [expect.stringMatching(`^${name}: `)]]);
});

it.each([
  ['', 'URL is required'],
  ['127.0.0.1:6379', 'URL is required'],
  ['http://127.0.0.1', 'URL is required'],
  ['unix:///var/run/redis.sock', 'URL is required'],
  ['redis://127.0.0.1 ', 'URL is required'],
  ['redis://h:99999', 'URL is required'],
  ['redis://:a/b#c@h', 'URL is required'],
  ['redis://', 'no host'],
  ['redis:///var/run/redis.sock', 'no host'],
  ['redis://h:0', 'port'],
  ['redis://h/bank', 'number of a database'],
  ['redis://h/1/2', 'number of a database'],
  ['redis://h/-1', 'number of a database'],
  ['redis://h/2.5', 'number of a database'],
  ['redis://h/0?db=3', 'a query'],
  ['redis://h?keyPrefix=x', 'a query'],
  ['redis://h?', 'a query'],
  ['redis://h#1', 'a fragment'],
  ['redis://u:50%@h', 'a %'],
])('refuses the REDIS_URL %j: %s', (url, why) => {
  expect(faults({ REDIS_URL: url })).toEqual([expect.stringMatching(`^REDIS_URL: .*${why}`)]);
});

it('never shows the password in a URL that it refuses', () => {
  expect(faults({ REDIS_URL: 'redis://u:a-secret@h?x' }).join()).not.toContain('secret');
});

it.each(['redis://h', 'redis://h/', 'redis://h/2', 'rediss://u:p%3A@h:1', 'redis://:p@h', 'redis://[::1]:6379/15'])(
  'takes the REDIS_URL %j',
  (url) => expect(read({ REDIS_URL: url }).REDIS_URL).toBe(url),
);

it('refuses a user without a password, whom nobody would sign in', () => {
  expect(faults({ REDIS_USERNAME: 'u' })).toEqual([expect.stringMatching(/^REDIS_USERNAME: .*REDIS_PASSWORD/)]);
  expect(faults({ REDIS_URL: 'redis://u@h' })).toEqual([expect.stringMatching(/REDIS_PASSWORD/)]);
  expect(faults({ REDIS_URL: 'redis://u@h', REDIS_PASSWORD: 'p' })).toEqual([]);
  expect(faults({ REDIS_URL: 'redis://u:p@h', REDIS_USERNAME: 'v' })).toEqual([]);
});

it('honours what is zero where zero means something, and what is at its bound', () => {
  expect(read({ PORT: '0', DRAIN_QUIET_MS: '0', DRAIN_DEADLINE_MS: '2147483647', ADMIN_PORT: '65535' })).toMatchObject({
    PORT: 0,
    DRAIN_QUIET_MS: 0,
    DRAIN_DEADLINE_MS: 2_147_483_647,
    ADMIN_PORT: 65_535,
  });
});

it.each([
  ['Ümits MacBook’s', '-mits-MacBook-s'],
  ['a_b.example-1', 'a_b.example-1'],
  ['', 'pod'],
  ['日本', '-'],
])('takes from a host that is called %j a name that a header can carry: %j', (host, name) => {
  expect(podNameHere(host)).toBe(name);
});
