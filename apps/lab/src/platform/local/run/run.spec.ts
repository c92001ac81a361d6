import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolders } from './run.js';

it('says which folder a run needs, where this user cannot write to it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tellers-run-'));
  const parent = join(folder, 'a-file');
  writeFileSync(parent, '');
  expect(() => makeFolders(parent, join(parent, 'logs'))).toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.stringContaining(`its files in ${parent}`) }),
  );
  rmSync(folder, { recursive: true });
});
