import { Inject, Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import type { Redis } from 'ioredis';
import { CLOCK, LOG, REDIS, type Clock, type Log } from '#libs/service';
import { accessTokenLifetimeSeconds, AccessTokens, type TokenParties } from './access-token.js';
import type { KeySchedule } from './key-schedule.js';
import { KeySetFile } from './key-set-file.js';
import { Passwords, type PasswordBounds } from './passwords.js';
import { RefreshTokens } from './refresh-tokens.js';

export interface IssuerSettings extends TokenParties {
  readonly signingKeysFile: string;
  /** How long a key is published before it signs. */
  readonly leadSeconds: number;
  readonly refreshTtlSeconds: number;
  readonly passwordBounds: PasswordBounds;
  readonly redisKeyPrefix: string;
}

/** Injection token of the schedule by which keys take over from each other. */
export const KEY_SCHEDULE = Symbol('KEY_SCHEDULE');

/** For the service that says who you are: gives `AccessTokens`, `RefreshTokens`, `Passwords` and `KeySetFile`. */
@Module({})
export class IdentityIssuerModule implements OnModuleDestroy {
  constructor(@Inject(KeySetFile) private readonly keys: KeySetFile) {}

  static forRoot(settings: IssuerSettings): DynamicModule {
    const schedule: KeySchedule = {
      leadSeconds: settings.leadSeconds,
      tokenLifetimeSeconds: accessTokenLifetimeSeconds,
    };
    return {
      module: IdentityIssuerModule,
      imports: [JwtModule.register({})],
      providers: [
        { provide: KEY_SCHEDULE, useValue: schedule },
        { provide: Passwords, useFactory: () => new Passwords(settings.passwordBounds) },
        {
          provide: KeySetFile,
          inject: [LOG],
          useFactory: (log: Log) => new KeySetFile(settings.signingKeysFile, log),
        },
        {
          provide: AccessTokens,
          inject: [JwtService, KeySetFile, CLOCK],
          useFactory: (jwt: JwtService, keys: KeySetFile, clock: Clock) =>
            new AccessTokens(jwt, keys, settings, schedule, clock),
        },
        {
          provide: RefreshTokens,
          inject: [REDIS],
          useFactory: (redis: Redis) => new RefreshTokens(redis, settings.redisKeyPrefix, settings.refreshTtlSeconds),
        },
      ],
      exports: [KEY_SCHEDULE, Passwords, KeySetFile, AccessTokens, RefreshTokens],
    };
  }

  onModuleDestroy(): void {
    this.keys.close();
  }
}
