import { spawn } from 'node:child_process';

// `npm run test:page`: the live page of a bank on this machine, in a real Chromium. Arguments go to Jest:
// `npm run test:page -- own-session`.

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const { findChromium } = await import('./find-chromium.mjs');
try {
  const chromium = await findChromium({ environment: process.env, say });
  say(`Chromium: ${chromium}`);
  process.exitCode = await jest(chromium);
} catch (error) {
  say(error.name === 'ChromiumNotFound' ? error.message : error.stack);
  process.exitCode = 1;
}

/** Runs the specs one after the other (they share the machine with a bank each); resolves to the exit code. */
function jest(chromium) {
  const options = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const config = ['--config', 'apps/lab/page/jest.config.mjs', '--runInBand'];
  const child = spawn(process.execPath, [...options, ...config, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, CHROME_PATH: chromium },
  });
  // Ctrl-C reaches Jest too; we wait for its end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
