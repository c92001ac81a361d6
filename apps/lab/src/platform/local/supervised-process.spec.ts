import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { endOf } from './server-process.js';
import { sayingExits, SupervisedProcess } from './supervised-process.js';

function supervise(...failures: Error[]) {
  const said: string[] = [];
  const supervised = new SupervisedProcess(
    () => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)']);
      return { pid: child.pid!, exited: endOf(child), signal: (signal: NodeJS.Signals) => void child.kill(signal) };
    },
    sayingExits('It', (sentence) => said.push(sentence)),
  );
  supervised.start();
  return { supervised, said };
}

it('starts another process when one ends unasked, later and later, and says so', async () => {
  const { supervised, said } = supervise();
  const first = supervised.process!;
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = supervised.process!;
  expect(second.pid).not.toBe(first.pid);
  process.kill(second.pid, 'SIGKILL');
  await second.exited;
  expect(said).toEqual([
    'It crashed with SIGKILL; it is started again now.',
    'It crashed with SIGKILL; it is started again in 10 s.',
  ]);
  await supervised.stop(1_000);
});

it('tries again when a process cannot even be started', async () => {
  const { supervised, said } = supervise(new Error('ENOSPC: no space left'));
  expect(said).toEqual(['It crashed with ENOSPC: no space left; it is started again now.']);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(supervised.process).toBeDefined();
  await supervised.stop(1_000);
  expect(supervised.process).toBeUndefined();
});

it.each([
  ['crashed with exit code 3', ['SIGKILL'], 'exit code 3'],
  ['killed', ['SIGKILL'], 'SIGKILL'],
  ['killed', ['SIGTERM'], 'exit code 0'],
  ['killed', ['SIGTERM', 'SIGKILL'], 'exit code 0'],
] as const)('says %s of a process that got %j and ended with %s', async (said, signals, how) => {
  let ended: (how: string) => void = () => {};
  const process = { exited: new Promise<string>((resolve) => (ended = resolve)), signal: () => undefined };
  const told: string[] = [];
  const supervised = new SupervisedProcess(
    () => process,
    (end) => {
      told.push(end);
      supervised.release();
    },
  );
  supervised.start();
  // As it may: it has ended when the signal is sent, and nobody knows yet.
  const ends = signals.map((signal) => supervised.end(signal));
  ended(how);
  await Promise.all(ends);
  expect(told).toEqual([said]);
});
