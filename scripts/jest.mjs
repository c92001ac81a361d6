import { spawn } from 'node:child_process';

/** Runs Jest with these arguments and the user's, in this environment too; resolves to its exit code. */
export function jest(args, environment, own = process.argv.slice(2)) {
  const options = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const child = spawn(process.execPath, [...options, ...args, ...own], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    // A group of its own: its workers would go on with their spec when Jest alone is ended.
    detached: true,
  });
  const passOn = (signal) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
