import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const program = `
  const { createLog } = await import('./dist/libs/service/src/log.js');
  const log = createLog('info', { service: 'test', pod: 'test-0' });
  for (let line = 0; line < 2_000; line += 1) log.info('x'.repeat(1_000));
  log.fatal('x');
  process.stderr.write('goes on');
  process.exit(7);
`;

// A device of Linux, on which every write fails as on a full disk.
(existsSync('/dev/full') ? it : it.skip)('a log that cannot be written stops nobody', async () => {
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  expect([said, code]).toEqual(['goes on', 7]);
});
