import { expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment } from '#libs/service';
import { sessionEnvironment } from './environment.js';

const right = { REDIS_URL: 'redis://127.0.0.1', JWKS_URL: 'http://auth/auth/.well-known/jwks.json' };

function faults(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(sessionEnvironment, { ...right, ...variables });
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.faults;
    throw error;
  }
  return [];
}

it.each([
  ['MODE', ['', 'Sticky', 'a/b', '-a']],
  ['STORE', ['', 'disk', 'MEMORY']],
  ['AFFINITY', ['', 'address']],
  ['IDLE_TIMEOUT_MS', ['', '0', '-1', '15m', '2147483648']],
  ['ABSOLUTE_TIMEOUT_MS', ['', '0', '9e9']],
  ['MAX_SESSIONS', ['', '0', '-1', '16777217', 'all']],
  ['MAX_SESSIONS_PER_CUSTOMER', ['', '0', '-1', '16777217']],
  ['SESSION_RECORD_VERSION', ['', '0', '3', '1.0']],
  ['SECURE_COOKIES', ['', 'maybe', '2']],
  ['IDEMPOTENCY_TTL_SECONDS', ['', '0', '999999999999']],
  ['JWKS_URL', ['', 'auth', 'file:///keys', 'http://u:p@auth/keys', 'http://auth/keys#1', 'http://auth/a b']],
  ['ISSUER', ['']],
  ['AUDIENCE', ['']],
])('refuses %s by its name: %j', (name, values) => {
  for (const value of values)
    expect([value, faults({ [name]: value })]).toEqual([value, [expect.stringMatching(`^${name}: `)]]);
});

it('names a pair that does not fit beside every other fault', () => {
  const names = faults({ STORE: 'handoff', AFFINITY: 'none', PORT: 'x' }).map((fault) => fault.split(':')[0]);
  expect(names).toEqual(['PORT', 'AFFINITY']);
});
