import { jest } from './jest.mjs';
import { prepare } from './prepare.mjs';

prepare();
const { LocalRun } = await import('../dist/apps/lab/src/platform/local/run/run.js');
const { findRedis } = await import('../dist/apps/lab/src/platform/local/redis/find-redis.js');

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const run = new LocalRun();
try {
  const redis = await findRedis({ folder: run.folder, environment: process.env, say });
  say(`Redis: ${redis.how}`);
  // In one process: they share two cores with the pods that they start.
  process.exitCode = await jest(['--maxWorkers=1'], { REDIS_URL: redis.url });
  await redis.stop();
} catch (error) {
  say(error.name === 'RedisNotFound' ? error.message : error.stack);
  process.exitCode = 1;
} finally {
  await run.end();
}
