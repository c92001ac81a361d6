import { jest } from './jest.mjs';

// `npm run test:page`: the live page of a bank on this machine, in a real Chromium. Arguments go to Jest:
// `npm run test:page -- own-session`.

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const { findChromium } = await import('./find-chromium.mjs');
try {
  const chromium = await findChromium({ environment: process.env, say });
  say(`Chromium: ${chromium}`);
  // One after the other: they share the machine with a bank each.
  const options = ['--config', 'apps/lab/test/page/jest.config.mjs', '--runInBand'];
  process.exitCode = await jest(options, { CHROME_PATH: chromium });
} catch (error) {
  say(error.name === 'ChromiumNotFound' ? error.message : error.stack);
  process.exitCode = 1;
}
