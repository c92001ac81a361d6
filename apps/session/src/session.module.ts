import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { BankModule, Ledger } from '#libs/bank';
import { IdentityVerifierModule } from '#libs/identity';
import {
  Clients,
  CLOCK,
  DRAIN,
  LOG,
  METRICS,
  POD,
  READINESS,
  REDIS,
  STORE_ROOM,
  type Clock,
  type Drain,
  type Log,
  type Metrics,
  type PodIdentity,
  type Readiness,
  type StoreRoom,
} from '#libs/service';
import type { SessionEnvironment } from './environment.js';
import { BalanceCache } from './overview/balance-cache.js';
import { Overviews } from './overview/overview.js';
import { DeletionCost } from './pods/deletion-cost.js';
import { BootRegistry } from './pods/boot-registry.js';
import { SessionCookies } from './sessions/cookies.js';
import { OpeningLimits } from './sessions/opening-limits.js';
import { SessionViews } from './sessions/session-view.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.js';
import { LoadBoard } from './rebalancing/load-board.js';
import { REBALANCER, Rebalancer, type RebalancingSettings } from './rebalancing/rebalancer.js';
import { chooseStore, keyPrefixOf } from './stores/choose-store.js';
import { HandoffStore } from './stores/handoff-store.js';
import type { SessionStore } from './stores/session-store.js';
import { TransferController } from './transfer/transfer.controller.js';
import { TransferWizard } from './transfer/transfer-wizard.js';

const STORE = Symbol('STORE');
const DELETION_COST = Symbol('DELETION_COST');
/** As every pod reaches it. */
const cluster = { api: 'https://kubernetes.default.svc', credentials: '/var/run/secrets/kubernetes.io/serviceaccount' };
type StoreServices = [Redis, PodIdentity, BootRegistry, Clock, Log, StoreRoom, LoadBoard];
type RebalancerServices = [LoadBoard, PodIdentity, Clock, Metrics];

const rebalancingSettings = (environment: SessionEnvironment): RebalancingSettings => ({
  tolerance: environment.REBALANCE_TOLERANCE_PERCENT / 100,
  perSecond: environment.REBALANCE_PER_SECOND,
  ofRequests: environment.REBALANCE_REQUESTS_PERCENT / 100,
});

/** The stateful teller: sign in once, and the teller remembers. */
@Module({})
export class SessionModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(STORE) private readonly store: SessionStore,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
    @Inject(BootRegistry) private readonly boots: BootRegistry,
    @Inject(DRAIN) private readonly drain: Drain,
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(LOG) private readonly log: Log,
    @Inject(REBALANCER) private readonly rebalancer: Rebalancer | undefined,
    @Inject(DELETION_COST) private readonly deletionCost: DeletionCost | undefined,
  ) {}

  static forRoot(environment: SessionEnvironment): DynamicModule {
    const { JWKS_URL, ISSUER, AUDIENCE, REDIS_KEY_PREFIX } = environment;
    const limits = {
      idleTimeoutMs: environment.IDLE_TIMEOUT_MS,
      absoluteTimeoutMs: environment.ABSOLUTE_TIMEOUT_MS,
    };
    return {
      module: SessionModule,
      imports: [BankModule, IdentityVerifierModule.forRoot({ jwksUrl: JWKS_URL, issuer: ISSUER, audience: AUDIENCE })],
      controllers: [SessionsController, TransferController],
      providers: [
        { provide: SessionCookies, useFactory: () => new SessionCookies(environment) },
        { provide: SessionViews, useFactory: () => new SessionViews(limits) },
        {
          provide: OpeningLimits,
          inject: [REDIS, Clients],
          useFactory: (redis: Redis, clients: Clients) => new OpeningLimits(redis, clients, environment),
        },
        {
          provide: BootRegistry,
          inject: [REDIS, POD],
          useFactory: (redis: Redis, pod: PodIdentity) => new BootRegistry(redis, REDIS_KEY_PREFIX, pod),
        },
        {
          provide: LoadBoard,
          inject: [REDIS],
          useFactory: (redis: Redis) => new LoadBoard(redis, keyPrefixOf(environment)),
        },
        {
          provide: STORE,
          inject: [REDIS, POD, BootRegistry, CLOCK, LOG, STORE_ROOM, LoadBoard],
          useFactory: (...[redis, pod, boots, clock, log, room, board]: StoreServices) =>
            chooseStore({ environment, limits, redis, pod, boots, clock, log, room, board }),
        },
        {
          provide: REBALANCER,
          inject: [STORE, LoadBoard, POD, CLOCK, METRICS],
          useFactory: (store: SessionStore, ...parts: RebalancerServices) =>
            store instanceof HandoffStore && environment.REBALANCE
              ? new Rebalancer(store, rebalancingSettings(environment), ...parts)
              : undefined,
        },
        {
          provide: DELETION_COST,
          inject: [STORE, POD, LOG],
          useFactory: (store: SessionStore, { name }: PodIdentity, log: Log) =>
            environment.DELETION_COST_NAMESPACE === ''
              ? undefined
              : new DeletionCost(
                  () => store.held,
                  { ...cluster, name, namespace: environment.DELETION_COST_NAMESPACE },
                  log,
                ),
        },
        {
          provide: Sessions,
          inject: [STORE, POD, CLOCK, DRAIN, METRICS],
          useFactory: (...parts: ConstructorParameters<typeof Sessions>) => new Sessions(...parts),
        },
        {
          provide: BalanceCache,
          inject: [Sessions, Ledger, CLOCK],
          useFactory: (...parts: ConstructorParameters<typeof BalanceCache>) => new BalanceCache(...parts),
        },
        {
          provide: Overviews,
          inject: [BalanceCache, CLOCK],
          useFactory: (...parts: ConstructorParameters<typeof Overviews>) => new Overviews(...parts),
        },
        {
          provide: TransferWizard,
          inject: [Sessions, BalanceCache, Ledger, CLOCK, LOG],
          useFactory: (...parts: ConstructorParameters<typeof TransferWizard>) => new TransferWizard(...parts),
        },
      ],
    };
  }

  onModuleInit(): void {
    if (!this.cookies.secure) this.log.warn('cookies go over plain HTTP: they carry neither __Host- nor Secure');
    this.drain.add({ begin: () => this.#drain(), idle: () => this.store.idle() });
    this.readiness.require('announced to other pods', () => this.boots.announced);
    this.boots.start();
    this.rebalancer?.start();
    this.deletionCost?.start();
  }

  async #drain(): Promise<void> {
    await Promise.all([this.store.drain(), this.rebalancer?.stop()]);
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.store.idle())
      this.log.warn({ sessions: this.store.held, cause: 'drained-without-handoff' }, 'sessions lost');
    this.store.close();
    this.deletionCost?.stop();
    await this.rebalancer?.stop();
    await this.boots.close();
  }
}
