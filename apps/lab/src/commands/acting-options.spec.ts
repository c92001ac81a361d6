import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actingBy } from './acting-options.js';

const folder = mkdtempSync(join(tmpdir(), 'token-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('takes the token of the page from a file, and knows that somebody gave it', () => {
  const file = join(folder, 'page-token');
  writeFileSync(file, '0123456789abcdef\n');
  expect(actingBy({}, { TELLERS_PAGE_TOKEN_FILE: file })).toEqual({ token: '0123456789abcdef', given: true });
  expect(actingBy({}, { TELLERS_PAGE_TOKEN: 'fedcba9876543210' })).toMatchObject({ given: true });
  expect(actingBy({}, {})).toMatchObject({ given: false });
});

it('refuses a token that is empty, is in an empty file name or is given twice, instead of making one up', () => {
  expect(() => actingBy({}, { TELLERS_PAGE_TOKEN: '' })).toThrow(/TELLERS_PAGE_TOKEN takes/);
  expect(() => actingBy({}, { TELLERS_PAGE_TOKEN_FILE: '' })).toThrow(/TELLERS_PAGE_TOKEN_FILE: ENOENT/);
  const both = { TELLERS_PAGE_TOKEN_FILE: folder, TELLERS_PAGE_TOKEN: '0123456789abcdef' };
  expect(() => actingBy({}, both)).toThrow(/leave one of them out/);
});

it('names a file that cannot be read', () => {
  const none = join(folder, 'none');
  expect(() => actingBy({}, { TELLERS_PAGE_TOKEN_FILE: none })).toThrow(/TELLERS_PAGE_TOKEN_FILE: ENOENT/);
});
