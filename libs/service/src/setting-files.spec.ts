import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment, serviceEnvironment } from './environment.js';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
const file = join(folder, 'password');
const REDIS_URL = 'redis://127.0.0.1:6379';
const read = (variables: Record<string, string>) => readEnvironment(serviceEnvironment, { REDIS_URL, ...variables });

afterAll(() => rmSync(folder, { recursive: true }));

it('reads a setting from the file that is named for it, without the line break at its end', () => {
  writeFileSync(file, ' a/b+c=@:%\n');
  expect(read({ REDIS_PASSWORD_FILE: file }).REDIS_PASSWORD).toBe(' a/b+c=@:%');
});

it('checks what a file holds as it checks a variable', () => {
  writeFileSync(file, 'loud');
  expect(() => read({ LOG_LEVEL_FILE: file })).toThrow(/LOG_LEVEL: /);
});

it('names a file that cannot be read, beside every other fault', () => {
  expect(() => read({ REDIS_PASSWORD_FILE: join(folder, 'none'), PORT: 'x' })).toThrow(
    /REDIS_PASSWORD_FILE: ENOENT.*name a file that this user may read\n.*PORT/,
  );
});

it('refuses a setting that is given twice', () => {
  writeFileSync(file, 'one');
  expect(() => read({ REDIS_PASSWORD_FILE: file, REDIS_PASSWORD: 'two' })).toThrow(
    'REDIS_PASSWORD_FILE: REDIS_PASSWORD is set too: leave one of them out',
  );
});
