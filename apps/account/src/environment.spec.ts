import { expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment } from '#libs/service';
import { accountEnvironment } from './environment.js';

const right = {
  REDIS_URL: 'redis://127.0.0.1',
  JWKS_URL: 'http://auth/auth/.well-known/jwks.json?a=1',
  CONTINUATION_SECRET: 'x'.repeat(32),
};

function faults(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(accountEnvironment, variables);
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.faults;
    throw error;
  }
  return [];
}

it('names all that is missing at once', () => {
  expect(faults({}).map((fault) => fault.split(':')[0])).toEqual(['REDIS_URL', 'JWKS_URL', 'CONTINUATION_SECRET']);
  expect(faults(right)).toEqual([]);
});

it.each([
  ['CONTINUATION_SECRET', ['', 'x'.repeat(31)]],
  ['IDEMPOTENCY_TTL_SECONDS', ['', '0', '-1', '1d', '999999999999']],
  ['JWKS_URL', ['', 'ftp://auth/keys', 'http://u@auth/keys']],
])('refuses %s by its name: %j', (name, values) => {
  for (const value of values) {
    expect([value, faults({ ...right, [name]: value })]).toEqual([value, [expect.stringMatching(`^${name}: `)]]);
  }
});
