import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { BankModule, Ledger } from '#libs/bank';
import { IdentityIssuerModule, Passwords } from '#libs/identity';
import {
  CLOCK,
  Clients,
  LOG,
  REDIS,
  STORE_ROOM,
  type Clock,
  type Log,
  type ServiceDefinition,
  type StoreRoom,
} from '#libs/service';
import { authProblems } from './auth.problems.js';
import { CustomersController } from './customers/customers.controller.js';
import { Customers } from './customers/customers.js';
import { Registration } from './customers/registration.js';
import { UnusedCustomers } from './customers/unused-customers.js';
import type { AuthEnvironment } from './environment.js';
import { KeysController } from './keys/keys.controller.js';
import { AuthLimits } from './limits.js';
import { Attempts } from './login/attempts.js';
import { KnownAddresses } from './login/known-addresses.js';
import { LoginController } from './login/login.controller.js';
import { SignIn } from './login/sign-in.js';
import { WrongPasswords } from './login/wrong-passwords.js';
import { authOpenApi, prefix } from './open-api.js';

type RegistrationServices = [Customers, Passwords, Ledger, StoreRoom, UnusedCustomers];

/** However short refresh tokens live, a customer has a day. */
const minUnseenMs = 86_400_000;

/** Who you are: register, sign in, refresh, sign out, publish keys. */
@Module({})
class AuthModule implements OnApplicationShutdown {
  constructor(private readonly unused: UnusedCustomers) {}

  static forRoot(environment: AuthEnvironment): DynamicModule {
    // No refresh token of theirs lives by then.
    const unseenMs = Math.max(environment.REFRESH_TTL_SECONDS * 1_000, minUnseenMs);
    return {
      module: AuthModule,
      imports: [
        BankModule,
        IdentityIssuerModule.forRoot({
          issuer: environment.ISSUER,
          audience: environment.AUDIENCE,
          signingKeysFile: environment.SIGNING_KEYS_FILE,
          leadSeconds: environment.KEY_LEAD_SECONDS,
          refreshTtlSeconds: environment.REFRESH_TTL_SECONDS,
          passwordBounds: { running: environment.PASSWORDS_RUNNING, waiting: environment.PASSWORDS_WAITING },
          redisKeyPrefix: environment.REDIS_KEY_PREFIX,
        }),
      ],
      controllers: [CustomersController, LoginController, KeysController],
      providers: [
        SignIn,
        { provide: AuthLimits, inject: [REDIS], useFactory: (redis: Redis) => new AuthLimits(redis, environment) },
        {
          provide: Attempts,
          inject: [REDIS, Clients, AuthLimits],
          useFactory: (redis: Redis, clients: Clients, limits: AuthLimits) =>
            new Attempts(
              clients,
              limits,
              new KnownAddresses(redis, environment.REDIS_KEY_PREFIX),
              new WrongPasswords(redis, environment),
            ),
        },
        {
          provide: Customers,
          inject: [REDIS],
          useFactory: (redis: Redis) => new Customers(redis, environment.REDIS_KEY_PREFIX),
        },
        {
          provide: Registration,
          inject: [Customers, Passwords, Ledger, STORE_ROOM, UnusedCustomers],
          useFactory: (...[customers, passwords, ledger, ...rest]: RegistrationServices) =>
            new Registration(customers, passwords, ledger, environment.CURRENCY, ...rest),
        },
        {
          provide: UnusedCustomers,
          inject: [REDIS, Customers, Ledger, CLOCK, LOG],
          useFactory: (redis: Redis, customers: Customers, ledger: Ledger, clock: Clock, log: Log) =>
            new UnusedCustomers(redis, environment.REDIS_KEY_PREFIX, customers, ledger, clock, log, unseenMs),
        },
      ],
    };
  }

  onApplicationShutdown(): void {
    this.unused.close();
  }
}

/** The auth service for these settings, ready to be run or tested. */
export function authService(environment: AuthEnvironment): ServiceDefinition {
  return {
    name: 'auth',
    prefix,
    module: AuthModule.forRoot(environment),
    environment,
    problems: authProblems,
    openApi: authOpenApi,
    adminRoutes: (admin, resolve) => {
      admin.get('/limits/pass', async () => ({ pass: await resolve<Clients>(Clients).pass() }));
    },
  };
}
