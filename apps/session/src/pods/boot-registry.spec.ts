import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { eventually, forgetKeys, testVariables } from '#libs/testing';
import { BootRegistry } from './boot-registry.js';

const prefix = testVariables().REDIS_KEY_PREFIX!;
let redis: Redis;

beforeAll(() => {
  redis = new Redis(process.env.REDIS_URL!);
});
afterAll(async () => {
  await forgetKeys(prefix);
  redis.disconnect();
});

const registry = (bootId: string) =>
  new BootRegistry(redis, prefix, { name: 'pod', bootId, servedBy: `pod/${bootId}` });

it('tells serving from draining, and both from gone', async () => {
  const [one, other] = [registry('one'), registry('other')];
  expect(await other.stateOf('one')).toBe('gone');
  one.start();
  await eventually(() => one.announced);
  expect(await other.stateOf('one')).toBe('serving');
  await one.drain();
  expect(await other.stateOf('one')).toBe('draining');
  await one.close();
  await eventually(async () => (await other.stateOf('one')) === 'gone');
  await other.close();
});

it('takes nobody for gone while the store, which has just come back, is still told who is alive', async () => {
  const [asker, other] = [registry('asker'), registry('cut-off')];
  asker.start();
  other.start();
  await eventually(() => asker.announced && other.announced);
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await expect(asker.stateOf('not-back-yet')).rejects.toMatchObject({ code: 'store-unavailable' });
  const stateOf = (boot: string) => asker.stateOf(boot).catch(() => 'not known');
  await eventually(async () => (await stateOf('cut-off')) === 'serving', 1_500);
  await eventually(async () => (await stateOf('not-back-yet')) === 'gone', 8_000);
  await asker.close();
  await other.close();
}, 15_000);

it('takes nobody for gone while the store is so slow that beats come late', async () => {
  let [isSlow, answer] = [false, (): void => {}];
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const slow = new Proxy(redis, {
    get(target, name) {
      const part = Reflect.get(target, name) as unknown;
      if (typeof part !== 'function') return part;
      if (name !== 'set') return part.bind(target) as unknown;
      return async (...args: unknown[]) => {
        if (isSlow) await answered;
        return (part as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  const asker = new BootRegistry(slow, prefix, { name: 'pod', bootId: 'slow', servedBy: 'pod/slow' });
  asker.start();
  await eventually(() => asker.announced);
  expect(await asker.stateOf('never-there')).toBe('gone');
  isSlow = true;
  const isKnown = () =>
    asker.stateOf('never-there').then(
      () => true,
      () => false,
    );
  await eventually(async () => !(await isKnown()), 6_000);
  isSlow = false;
  answer();
  // Others have their time to be heard again first.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await isKnown()).toBe(false);
  await eventually(isKnown, 6_000);
  await asker.close();
}, 20_000);

it('knows at once that a process was killed, though its key still lives', async () => {
  const key = `${prefix}boot:killed`;
  const script = `
    const { Redis } = require('ioredis');
    const redis = new Redis(process.env.REDIS_URL);
    redis.subscribe(${JSON.stringify(key)}).then(() => process.send('subscribed'));
  `;
  const child = fork('-e', [script], { execArgv: [], stdio: 'inherit' });
  await once(child, 'message');
  await redis.set(key, 'serving', 'PX', 60_000);
  const asker = registry('asker');
  expect(await asker.stateOf('killed')).toBe('serving');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await eventually(async () => (await asker.stateOf('killed')) === 'gone', 1_000);
  expect(await redis.exists(key)).toBe(1);
  await asker.close();
});
