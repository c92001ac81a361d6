import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { formatKeySet, generateSigningKey } from '#libs/identity';
import { InvalidEnvironment, readEnvironment } from '#libs/service';
import { authEnvironment } from './environment.js';

const folder = mkdtempSync(join(tmpdir(), 'auth-environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faults(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(authEnvironment, { REDIS_URL: 'redis://127.0.0.1', ...variables });
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.faults;
    throw error;
  }
  return [];
}

describe('the settings of auth', () => {
  it('name every fault at once', () => {
    expect(faults({ CURRENCY: 'euro', PASSWORDS_RUNNING: '0' }).map((fault) => fault.split(':')[0])).toEqual([
      'SIGNING_KEYS_FILE',
      'CURRENCY',
      'PASSWORDS_RUNNING',
    ]);
  });

  it.each([
    ['KEY_LEAD_SECONDS', ['', '-1', '5m', '999999999999']],
    ['REFRESH_TTL_SECONDS', ['', '0', '999999999999']],
    ['CURRENCY', ['', 'eur', 'EURO', '978']],
    ['PASSWORDS_RUNNING', ['', '0', '-1', '1e9', '100000']],
    ['PASSWORDS_WAITING', ['', '-1', 'Infinity', '10000000']],
    ['SIGNING_KEYS_FILE', ['', '/', '/dev/null', '/nowhere']],
  ])('refuse %s by its name: %j', (name, values) => {
    const file = join(folder, 'good.json');
    writeFileSync(file, formatKeySet([generateSigningKey(0)]));
    for (const value of values) {
      const reported = faults({ SIGNING_KEYS_FILE: file, [name]: value });
      expect([value, reported]).toEqual([value, [expect.stringMatching(`^${name}: `)]]);
    }
  });

  it('say what is wrong with the key set', () => {
    const file = join(folder, 'keys.json');
    expect(faults({ SIGNING_KEYS_FILE: file })).toEqual([expect.stringMatching(/^SIGNING_KEYS_FILE: ENOENT/)]);
    writeFileSync(file, '{"keys": []}');
    expect(faults({ SIGNING_KEYS_FILE: file })).toEqual([expect.stringMatching(/^SIGNING_KEYS_FILE: keys/)]);
  });
});
