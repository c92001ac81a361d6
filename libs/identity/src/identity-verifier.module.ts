import { Inject, Module, type DynamicModule, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CLOCK, LOG, READINESS, type Clock, type Log, type Readiness } from '#libs/service';
import type { TokenParties } from './access-token.js';
import { Bearer } from './bearer.js';
import { JwtStrategy } from './jwt.strategy.js';
import { KeySetClient } from './key-set-client.js';
import { VerifiedTokens } from './verified-tokens.js';

export interface VerifierSettings extends TokenParties {
  readonly jwksUrl: string;
}

/** For a service that checks access tokens: gives `Bearer` everywhere, for `BearerGuard` too; the service is ready once it has keys. */
@Module({})
export class IdentityVerifierModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @Inject(KeySetClient) private readonly keys: KeySetClient,
    @Inject(READINESS) private readonly readiness: Readiness,
  ) {}

  static forRoot({ jwksUrl, issuer, audience }: VerifierSettings): DynamicModule {
    return {
      module: IdentityVerifierModule,
      global: true,
      providers: [
        { provide: VerifiedTokens, useFactory: () => new VerifiedTokens() },
        {
          provide: KeySetClient,
          inject: [VerifiedTokens, CLOCK, LOG],
          useFactory: (verified: VerifiedTokens, clock: Clock, log: Log) =>
            new KeySetClient({ url: jwksUrl, clock, log, onChange: () => verified.clear() }),
        },
        {
          provide: JwtStrategy,
          inject: [KeySetClient, CLOCK],
          useFactory: (keys: KeySetClient, clock: Clock) => new JwtStrategy(keys, { issuer, audience }, clock),
        },
        {
          provide: Bearer,
          inject: [JwtStrategy, VerifiedTokens, CLOCK, LOG],
          useFactory: (...parts: ConstructorParameters<typeof Bearer>) => new Bearer(...parts),
        },
      ],
      exports: [Bearer, KeySetClient],
    };
  }

  onModuleInit(): void {
    this.readiness.require('keys', () => this.keys.ready);
    this.keys.start();
  }

  onModuleDestroy(): void {
    this.keys.close();
  }
}
