import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { systemClock, type Clock } from './clock.js';
import type { ServiceEnvironment } from './environment.js';
import type { AdminParts } from './http/admin-server.js';
import { DRAIN } from './lifecycle/drain.js';
import { READINESS } from './lifecycle/readiness.js';
import { Clients } from './limits/clients.js';
import { METRICS } from './metrics.js';
import { connectRedis, REDIS, type RedisAddress } from './redis.js';
import { STORE_ROOM, StoreRoom } from './store-room.js';

export const ENVIRONMENT = Symbol('ENVIRONMENT');
export const POD = Symbol('POD');
export const CLOCK = Symbol('CLOCK');
export const LOG = Symbol('LOG');

export interface ServiceParts extends AdminParts {
  readonly environment: ServiceEnvironment;
}

/** Gives an app's modules what every service is made of, under this library's tokens. */
@Global()
@Module({})
export class ServiceModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  static forRoot(parts: ServiceParts): DynamicModule {
    const providers = [
      { provide: ENVIRONMENT, useValue: parts.environment },
      { provide: POD, useValue: parts.pod },
      { provide: LOG, useValue: parts.log },
      { provide: METRICS, useValue: parts.metrics },
      { provide: DRAIN, useValue: parts.drain },
      { provide: READINESS, useValue: parts.readiness },
      { provide: CLOCK, useValue: systemClock },
      {
        provide: STORE_ROOM,
        inject: [REDIS, CLOCK],
        useFactory: (redis: Redis, clock: Clock) => new StoreRoom(redis, clock),
      },
      {
        provide: REDIS,
        useFactory: () => {
          const { environment, pod, log, metrics } = parts;
          return connectRedis({ ...addressOf(environment), name: pod.name, log, metrics });
        },
      },
      {
        provide: Clients,
        inject: [REDIS],
        useFactory: (redis: Redis) => new Clients(redis, parts.environment.REDIS_KEY_PREFIX),
      },
    ];
    return { module: ServiceModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

function addressOf({ REDIS_URL, REDIS_USERNAME, REDIS_PASSWORD }: ServiceEnvironment): RedisAddress {
  return { url: REDIS_URL, username: REDIS_USERNAME, password: REDIS_PASSWORD };
}
