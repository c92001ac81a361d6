import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { parseGroup, runningInGroup, signalGroup } from './process-group.js';

it('finds all processes of a group, and none once they were killed', async () => {
  const shell = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const group = shell.pid!;
  const [line] = (await once(shell.stdout, 'data')) as [Buffer];
  expect(new Set(await runningInGroup(group))).toEqual(new Set([group, Number(String(line))]));
  const exited = once(shell, 'exit');
  expect(signalGroup(group, 'SIGKILL')).toBe(true);
  await exited;
  for (let tries = 0; tries < 50 && (await runningInGroup(group)).length > 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await runningInGroup(group)).toEqual([]);
});

it('leaves out those that have ended and were not yet buried', () => {
  expect(parseGroup('  501   501 Ss\n  502   501 S+\n  503   501 Z\n  504   504 R\n', 501)).toEqual([501, 502]);
});
