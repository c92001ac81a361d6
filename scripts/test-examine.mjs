import { findChromium } from './find-chromium.mjs';
import { jest } from './jest.mjs';
import { prepare } from './prepare.mjs';

// `npm run test:examine`: `lab examine` on services that no one here wrote, each a few processes on this machine, and on
// some that are broken on purpose. Arguments go to Jest: `npm run test:examine -- -t flask`.

prepare();
const { LocalRun } = await import('../dist/apps/lab/src/platform/local/run/run.js');
const { findRedis } = await import('../dist/apps/lab/src/platform/local/redis/find-redis.js');

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const run = new LocalRun();
try {
  const redis = await findRedis({ folder: run.folder, environment: process.env, say });
  say(`Redis: ${redis.how}`);
  const chromium = await findChromium({ environment: process.env, say });
  // Most of an examination is waiting; more at once would wait for the machine.
  const options = ['--config', 'apps/lab/test/strangers/jest.config.mjs', '--maxWorkers=2'];
  process.exitCode = await jest(options, { REDIS_URL: redis.url, CHROME_PATH: chromium });
  await redis.stop();
} catch (error) {
  say(['RedisNotFound', 'ChromiumNotFound'].includes(error.name) ? error.message : error.stack);
  process.exitCode = 1;
} finally {
  await run.end();
}
