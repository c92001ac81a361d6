import { Module, type DynamicModule } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import type { Redis } from 'ioredis';
import { audit, BankModule } from '#libs/bank';
import { IdentityVerifierModule } from '#libs/identity';
import { REDIS, type ServiceDefinition } from '#libs/service';
import { accountProblems } from './account.problems.js';
import { accountRoutes } from './accounts/account.routes.js';
import { AccountsController } from './accounts/accounts.controller.js';
import type { AccountEnvironment } from './environment.js';
import { accountOpenApi, prefix } from './open-api.js';
import { Continuations } from './transfers/continuation.js';
import { StepsController } from './transfers/steps.controller.js';
import { transferRoutes } from './transfers/transfer.routes.js';

/** The stateless teller: each request carries its whole story. */
@Module({})
class AccountModule {
  static forRoot(environment: AccountEnvironment): DynamicModule {
    return {
      module: AccountModule,
      imports: [
        BankModule,
        IdentityVerifierModule.forRoot({
          jwksUrl: environment.JWKS_URL,
          issuer: environment.ISSUER,
          audience: environment.AUDIENCE,
        }),
        JwtModule.register({ secret: environment.CONTINUATION_SECRET }),
      ],
      controllers: [AccountsController, StepsController],
      providers: [Continuations],
    };
  }
}

/** The account service for these settings, ready to be run or tested. */
export function accountService(environment: AccountEnvironment): ServiceDefinition {
  return {
    name: 'account',
    prefix,
    module: AccountModule.forRoot(environment),
    environment,
    problems: accountProblems,
    openApi: accountOpenApi,
    hotRoutes: (server, resolve) => {
      accountRoutes(server, resolve);
      transferRoutes(server, resolve);
    },
    adminRoutes: (admin, resolve) => {
      const { REDIS_KEY_PREFIX, IDEMPOTENCY_TTL_SECONDS } = environment;
      admin.get('/audit', () =>
        audit(resolve<Redis>(REDIS), REDIS_KEY_PREFIX, { idempotencyTtlSeconds: IDEMPOTENCY_TTL_SECONDS }),
      );
    },
  };
}
