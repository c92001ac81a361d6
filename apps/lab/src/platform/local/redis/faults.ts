import { CannotHere } from '../../cannot-here.js';
import type { StoreFaults } from '../../store-faults.js';
import { fillRedis, pauseRedis } from './commands.js';
import type { FoundRedis } from './found-redis.js';

/** The faults of this machine's Redis. One that is not this run's alone is paused at most: that leaves it as it was. */
export function redisFaults({ url, own, restart }: FoundRedis): StoreFaults {
  return {
    pause: (ms) => pauseRedis(url, ms),
    restart: async () => {
      if (restart === undefined) throw new CannotHere(own ? leftInContainer : notOurs);
      await restart('SIGTERM');
    },
    fill: async (ms) => {
      if (!own) throw new CannotHere(notOurs);
      await fillRedis(url, ms);
    },
  };
}

const notOurs = 'The Redis that REDIS_URL names may not be ours alone: it was neither restarted nor filled.';
const leftInContainer = 'The data of a Redis in Docker goes with its container: it was not restarted.';
