import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { connectRedis } from '#libs/service';
import { eventually, forgetKeys, hasRedisServer, StoreFailover, testVariables } from '#libs/testing';
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

const registry = (bootId: string, store = redis) =>
  new BootRegistry(store, prefix, { name: 'pod', bootId, servedBy: `pod/${bootId}` });

/** The store, with something that happens before each beat. */
const beforeEachSet = (happens: () => Promise<void>) =>
  new Proxy(redis, {
    get(target, name) {
      const part = Reflect.get(target, name) as unknown;
      if (typeof part !== 'function') return part;
      if (name !== 'set') return part.bind(target) as unknown;
      return async (...args: unknown[]) => {
        await happens();
        return (part as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });

/** Whether it would tell what became of a boot that is not there, before a caller gives up. */
const isKnownTo = (asker: BootRegistry) =>
  Promise.race([
    asker.stateOf('never-there').then(
      () => true,
      () => false,
    ),
    sleep(700, false),
  ]);

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
  const asker = registry(
    'slow',
    beforeEachSet(async () => void (isSlow && (await answered))),
  );
  asker.start();
  await eventually(() => asker.announced);
  expect(await asker.stateOf('never-there')).toBe('gone');
  isSlow = true;
  await sleep(5_200);
  expect(await isKnownTo(asker)).toBe(false);
  isSlow = false;
  answer();
  // Others have their time to be heard again first.
  await sleep(500);
  expect(await isKnownTo(asker)).toBe(false);
  await eventually(() => isKnownTo(asker), 6_000);
  await asker.close();
}, 20_000);

it('takes nobody for gone when one beat of its own was refused, as another may have missed two', async () => {
  let refusals = 0;
  const full = beforeEachSet(() => (refusals-- > 0 ? Promise.reject(new Error('OOM')) : Promise.resolve()));
  const asker = registry('refused', full);
  asker.start();
  await eventually(() => asker.announced);
  refusals = 1;
  await eventually(() => refusals < 1);
  // Before the next beat, which comes after two seconds.
  await eventually(async () => !(await isKnownTo(asker)), 1_700);
  await sleep(2_000);
  expect(await isKnownTo(asker)).toBe(false);
  await eventually(() => isKnownTo(asker), 6_000);
  await asker.close();
}, 20_000);

/** A way to the store that lets nothing through to new connections while it is shut, and can lose what it has. */
async function gateToStore() {
  const { hostname, port } = new URL(process.env.REDIS_URL!);
  const ways = new Set<Socket>();
  const gate = {
    isShut: false,
    port: 0,
    /** The store's end of each connection goes; the client's hears nothing of it. */
    lose: () => ways.forEach((way) => way.unpipe().destroy()),
    close: () => server.close(),
  };
  const server = createServer((client) => {
    client.on('error', () => {});
    if (gate.isShut) return;
    const way = connect(Number(port), hostname).on('error', () => {});
    ways.add(way);
    client
      .on('close', () => way.destroy())
      .pipe(way)
      .pipe(client, { end: false });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  gate.port = (server.address() as AddressInfo).port;
  return gate;
}

it('is announced once others can tell that it is alive, and is so again when the store has lost its subscription', async () => {
  const gate = await gateToStore();
  const own = new Redis({ port: gate.port, commandTimeout: 300, disconnectTimeout: 100 });
  // A busy machine may take longer than that for the first one.
  await eventually(() => own.ping().then(Boolean, () => false));
  gate.isShut = true;
  const [boot, asker] = [registry('late', own), registry('asker')];
  const stateOf = () => asker.stateOf('late');
  boot.start();
  try {
    await sleep(2_500);
    expect(boot.announced).toBe(false);
    gate.isShut = false;
    await eventually(() => boot.announced, 4_000);
    expect(await stateOf()).toBe('serving');
    gate.lose();
    own.disconnect(true);
    await eventually(async () => (await stateOf()) === 'gone');
    await eventually(async () => (await stateOf()) === 'serving', 4_000);
  } finally {
    await Promise.all([boot.close(), asker.close()]);
    own.disconnect();
    gate.close();
  }
}, 20_000);

it('is heard as soon as its connection is back, not at its next beat', async () => {
  const own = new Redis(process.env.REDIS_URL!);
  const boot = registry('back', own);
  boot.start();
  try {
    await eventually(() => boot.announced);
    const key = `${prefix}boot:back`;
    await redis.del(key);
    await redis.client('KILL', 'ID', await own.client('ID'));
    await eventually(async () => (await redis.exists(key)) === 1, 1_500);
    expect(await redis.get(key)).toBe('serving');
  } finally {
    await boot.close();
    own.disconnect();
  }
});

(hasRedisServer ? it : it.skip)(
  'takes no boot for gone through a failover that cuts no connection',
  async () => {
    const store = await StoreFailover.start();
    const boots = ['owner', 'asker'].map((bootId) => {
      const own = connectRedis({ url: store.url, name: bootId, log: pino({ level: 'silent' }) });
      return { own, boot: registry(bootId, own) };
    });
    const asker = boots[1]!.boot;
    try {
      for (const { boot } of boots) boot.start();
      await eventually(() => boots.every(({ boot }) => boot.announced));
      await store.failOver();
      const until = Date.now() + 7_000;
      const answers = new Set<string>();
      while (Date.now() < until) {
        answers.add(await asker.stateOf('owner').catch(() => 'not known'));
        await sleep(50);
      }
      expect(answers).not.toContain('gone');
      expect(await asker.stateOf('owner')).toBe('serving');
      expect(await asker.stateOf('never-there')).toBe('gone');
    } finally {
      await Promise.all(boots.map(({ boot }) => boot.close()));
      for (const { own } of boots) own.disconnect();
      await store.stop();
    }
  },
  40_000,
);

it('knows at once that a process was killed, though its key still lives', async () => {
  const key = `${prefix}boot:killed`;
  const script = `
    const { Redis } = require('ioredis');
    const redis = new Redis(process.env.REDIS_URL);
    redis.subscribe(${JSON.stringify(key)}).then(() => process.send('subscribed'));
  `;
  const child = fork('-e', [script], { execArgv: [], stdio: 'inherit', env: process.env });
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
