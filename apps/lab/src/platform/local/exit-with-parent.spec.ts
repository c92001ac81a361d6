import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { builtHere } from '../../repository.js';
import { endOf } from './server-process.js';

it('ends a pod whose lab ended before it was loaded', async () => {
  const imported = pathToFileURL(builtHere('exit-with-parent.js')).href;
  const pod = spawn(process.execPath, ['--import', imported, '--eval', 'setInterval(() => {}, 1_000)'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  pod.disconnect();
  const late = setTimeout(() => pod.kill('SIGKILL'), 4_000);
  expect(await endOf(pod)).toBe('SIGTERM');
  clearTimeout(late);
});
