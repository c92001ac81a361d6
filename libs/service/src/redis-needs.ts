import type { Redis } from 'ioredis';

/** XRANGE from behind an entry, and GETDEL, came with 6.2; every Valkey has both. */
const minVersion = [6, 2] as const;

/** Every command that a service sends, also from within scripts, as it would be for a key: what its user must be let do. */
const commands = (key: string): readonly (readonly [name: string, ...args: string[]])[] => [
  ['info'],
  ['time'],
  ['client', 'setname', 'rights'],
  ['eval', 'return 1', '0'],
  ['evalsha', '0'.repeat(40), '0'],
  ['get', key],
  ['mget', key],
  ['set', key, ''],
  ['getdel', key],
  ['del', key],
  ['unlink', key],
  ['exists', key],
  ['expire', key, '1'],
  ['pexpire', key, '1'],
  ['pttl', key],
  ['incr', key],
  ['incrby', key, '1'],
  ['scan', '0'],
  ['lrange', key, '0', '0'],
  ['rpush', key, ''],
  ['hget', key, 'f'],
  ['hmget', key, 'f'],
  ['hset', key, 'f', ''],
  ['hdel', key, 'f'],
  ['zadd', key, '1', 'm'],
  ['zcard', key],
  ['zrange', key, '0', '0'],
  ['zrem', key, 'm'],
  ['xadd', key, '*', 'f', ''],
  ['xlen', key],
  ['xrange', key, '-', '+'],
  ['xrevrange', key, '+', '-'],
  ['pubsub', 'numsub', key],
];

/**
 * Why the bank cannot use this store, in a sentence; undefined where it can.
 * @param keyPrefix what every key and channel begins with
 */
export async function unmetNeed(redis: Redis, keyPrefix: string): Promise<string | undefined> {
  const probe = redis.duplicate({ lazyConnect: true, retryStrategy: () => null, reconnectOnError: null });
  probe.on('error', () => {
    // What is sent is answered by the same.
  });
  try {
    await probe.connect();
    return (await unfit(probe)) ?? (await forbidden(probe, `${keyPrefix}rights`));
  } finally {
    // What was queued is never executed.
    probe.disconnect();
  }
}

async function unfit(probe: Redis): Promise<string | undefined> {
  // Who may not ask is told so beside all else that is forbidden.
  const info = await probe.info().catch(() => '');
  const [, major = '', minor = ''] = /^redis_version:(\d+)\.(\d+)/m.exec(info) ?? [];
  const isOlder = Number(major) < minVersion[0] || (Number(major) === minVersion[0] && Number(minor) < minVersion[1]);
  if (major !== '' && isOlder)
    return `it is version ${major}.${minor}, and the bank needs Redis ${minVersion.join('.')} or Valkey`;
  if (/^cluster_enabled:1/m.test(info)) return 'it is a Redis Cluster, and the scripts of the bank need one Redis';
  return undefined;
}

/** A store tells who may not do something before it queues it for a transaction. */
async function forbidden(probe: Redis, key: string): Promise<string | undefined> {
  const [exec] = await Promise.allSettled([probe.call('exec')]);
  const [multi] = await Promise.allSettled([probe.multi({ pipeline: false })]);
  // Without a transaction all would be executed.
  const queued = isForbidden(multi) ? [] : commands(key);
  const answers = await Promise.allSettled(queued.map(([name, ...args]) => probe.call(name, ...args)));
  const listener = probe.duplicate();
  listener.on('error', () => {
    // As with the probe.
  });
  const [subscribe] = await Promise.allSettled([listener.subscribe(key)]);
  listener.disconnect();
  const asked = [
    ['exec', exec],
    ['multi', multi],
    ['subscribe', subscribe],
    ...queued.map(([name], index) => [name, answers[index]!] as const),
  ] as const;
  const refused = asked.flatMap(([name, answer]) => (isForbidden(answer) ? [[name.toUpperCase(), answer.reason]] : []));
  const [[, reason] = []] = refused;
  if (reason === undefined) return undefined;
  return `its user may not ${refused.map(([name]) => name).join(', ')} on ${key}: ${(reason as Error).message}`;
}

function isForbidden(answer: PromiseSettledResult<unknown>): answer is PromiseRejectedResult {
  if (answer.status === 'fulfilled') return false;
  return /^(EXECABORT .*: )?(NOPERM|ERR unknown (sub)?command)/.test((answer.reason as Error).message);
}
