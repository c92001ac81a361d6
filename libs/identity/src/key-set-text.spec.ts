import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readKeySet } from './key-set-text.js';
import { formatKeySet, generateSigningKey, KeySetError, parseKeySet } from './signing-keys.js';

const first = generateSigningKey(1_700_000_000_000);
const second = generateSigningKey(1_700_000_300_000);
const sec1 = first.privateKey.export({ format: 'pem', type: 'sec1' });
const pkcs8 = second.privateKey.export({ format: 'pem', type: 'pkcs8' });

describe('the text of a key set', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is what a file holds', () => {
    const text = formatKeySet([first]);
    writeFileSync(join(folder, 'keys.json'), text);
    expect(readKeySet(join(folder, 'keys.json'))).toBe(text);
  });

  it('is made of a folder of PEM files, whose names say when each key was made', () => {
    writeFileSync(join(folder, '1700000000.pem'), sec1);
    writeFileSync(join(folder, '1700000300.pem'), pkcs8);
    // What a Secret's mount has beside the keys.
    mkdirSync(join(folder, '..data'));
    const keys = parseKeySet(readKeySet(folder));
    expect(keys.map(({ kid, createdAt }) => ({ kid, createdAt }))).toEqual([
      { kid: first.kid, createdAt: 1_700_000_000 },
      { kid: second.kid, createdAt: 1_700_000_300 },
    ]);
  });

  it('refuses a name that is no time, and a file that is no key, by name and without its content', () => {
    writeFileSync(join(folder, 'new.pem'), sec1);
    expect(() => readKeySet(folder)).toThrow(
      new KeySetError('new.pem: its name must be the Unix time at which the key was made'),
    );
    rmSync(join(folder, 'new.pem'));
    writeFileSync(join(folder, '1700000000.pem'), 'secret nonsense');
    expect(() => readKeySet(folder)).toThrow(new KeySetError('1700000000.pem: not a private key in PEM'));
  });

  it('makes no set of an empty folder, nor of keys on another curve', () => {
    expect(() => parseKeySet(readKeySet(folder))).toThrow(KeySetError);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    writeFileSync(join(folder, '1700000000.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(() => parseKeySet(readKeySet(folder))).toThrow(KeySetError);
  });
});
