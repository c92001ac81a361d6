import { jest } from './jest.mjs';
import { prepare } from './prepare.mjs';

prepare();
const { LocalRun } = await import('../dist/apps/lab/src/platform/local/run/run.js');
const { findRedis } = await import('../dist/apps/lab/src/platform/local/redis/find-redis.js');

// Most of the time specs wait, for pods that they start and stop. Each worker has a Redis of its own, which it may
// pause, fill and cut off; somebody's Redis is one.
const workers = process.env.REDIS_URL === undefined ? 3 : 1;
const say = (sentence) => process.stderr.write(`${sentence}\n`);
const runs = [];
const stores = [];
try {
  for (let worker = 1; worker <= workers; worker++) {
    const run = new LocalRun();
    runs.push(run);
    const redis = await findRedis({ folder: run.folder, environment: process.env, say });
    say(`Redis: ${redis.how}`);
    stores.push(redis);
  }
  const urls = stores.map(({ url }) => url);
  process.exitCode = await jest([`--maxWorkers=${workers}`], { REDIS_URL_OF_WORKERS: urls.join(' ') });
  await Promise.all(stores.map((redis) => redis.stop()));
} catch (error) {
  say(error.name === 'RedisNotFound' ? error.message : error.stack);
  process.exitCode = 1;
} finally {
  await Promise.all(runs.map((run) => run.end()));
}
