import { spawn } from 'node:child_process';
import { prepare } from './prepare.mjs';

prepare();
const { createRunFolder, removeFolder } = await import('../dist/apps/lab/src/platform/local/run-folder.js');
const { findRedis } = await import('../dist/apps/lab/src/platform/local/redis/find-redis.js');

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const folder = createRunFolder();
try {
  const redis = await findRedis({ folder, environment: process.env, say });
  say(`Redis: ${redis.how}`);
  process.exitCode = await jest(redis.url);
  await redis.stop();
} catch (error) {
  say(error.name === 'RedisNotFound' ? error.message : error.stack);
  process.exitCode = 1;
} finally {
  removeFolder(folder);
}

/** Runs every test in one process (they share two cores with the pods that they start); resolves to the exit code. */
function jest(redisUrl) {
  const options = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--maxWorkers=1'];
  const child = spawn(process.execPath, [...options, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, REDIS_URL: redisUrl },
  });
  // Ctrl-C reaches Jest too; we wait for its end, then stop Redis.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
