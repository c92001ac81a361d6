import { mkdtempSync, rmSync, symlinkSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeySetFile } from './key-set-file.js';
import { formatKeySet, generateSigningKey, KeySetError } from './signing-keys.js';

const first = generateSigningKey(0);
const second = generateSigningKey(1000);

describe('KeySetFile', () => {
  let folder: string;
  let path: string;
  let file: KeySetFile | undefined;
  const logged: string[] = [];
  const log = {
    info: (_: object, message: string) => void logged.push(`info ${message}`),
    error: (_: object, message: string) => void logged.push(`error ${message}`),
  } as unknown as ConstructorParameters<typeof KeySetFile>[1];
  const kids = () => file?.keys.map(({ kid }) => kid);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
    path = join(folder, 'keys.json');
    logged.length = 0;
    writeFileSync(path, formatKeySet([first]));
  });
  afterEach(() => {
    file?.close();
    rmSync(folder, { recursive: true });
  });

  it('takes up a changed file by itself, also one whose symlink was swapped', async () => {
    writeFileSync(join(folder, '1'), formatKeySet([first]));
    writeFileSync(join(folder, '2'), formatKeySet([first, second]));
    symlinkSync('1', join(folder, 'link'));
    file = new KeySetFile(join(folder, 'link'), log, 5);
    symlinkSync('2', join(folder, 'new'));
    renameSync(join(folder, 'new'), join(folder, 'link'));
    const deadline = Date.now() + 2000;
    while (kids()?.length === 1 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(kids()).toEqual([first.kid, second.kid]);
  });

  it('keeps the last good set on a bad edit, and logs that once', () => {
    file = new KeySetFile(path, log);
    writeFileSync(path, '{"keys": []}');
    file.reload();
    file.reload();
    expect(kids()).toEqual([first.kid]);
    expect(logged).toEqual(['error signing keys not reloaded, the last good ones stay']);
  });

  it('keeps the last good set when the file is gone, and takes it up when it is back', () => {
    file = new KeySetFile(path, log);
    rmSync(path);
    file.reload();
    expect(kids()).toEqual([first.kid]);
    writeFileSync(path, formatKeySet([second]));
    file.reload();
    expect(kids()).toEqual([second.kid]);
  });

  it('takes up a key that is added to a folder', () => {
    rmSync(path);
    writeFileSync(join(folder, '100.pem'), first.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    file = new KeySetFile(folder, log);
    writeFileSync(join(folder, '200.pem'), second.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    file.reload();
    expect(kids()).toEqual([first.kid, second.kid]);
  });

  it('does not start without a good set', () => {
    writeFileSync(path, 'nonsense');
    expect(() => new KeySetFile(path, log)).toThrow(KeySetError);
  });
});
