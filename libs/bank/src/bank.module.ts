import { Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock, ENVIRONMENT, REDIS, type ServiceEnvironment } from '#libs/service';
import { Ledger } from './ledger.js';

/** What a service that moves money adds to its settings. */
type BankEnvironment = ServiceEnvironment & { readonly IDEMPOTENCY_TTL_SECONDS?: number };

/** Gives an app the ledger on the service's Redis connection. */
@Module({
  providers: [
    {
      provide: Ledger,
      inject: [REDIS, ENVIRONMENT, CLOCK],
      useFactory: (redis: Redis, environment: BankEnvironment, clock: Clock) =>
        new Ledger(redis, {
          prefix: environment.REDIS_KEY_PREFIX,
          idempotencyTtlSeconds: environment.IDEMPOTENCY_TTL_SECONDS ?? 86_400,
          clock,
        }),
    },
  ],
  exports: [Ledger],
})
export class BankModule {}
