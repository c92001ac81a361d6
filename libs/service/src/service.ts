import 'reflect-metadata';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { AddressInfo } from 'node:net';
import { InvalidEnvironment, type ServiceEnvironment } from './environment.js';
import { createAdminServer } from './http/admin-server.js';
import { createFront } from './http/front.js';
import type { ServiceRoute } from './http/route-table.js';
import type { Drain } from './lifecycle/drain.js';
import { Readiness } from './lifecycle/readiness.js';
import { StoreReadiness } from './lifecycle/store-readiness.js';
import { listenAddress } from './listen-address.js';
import { nestLogger, type Log } from './log.js';
import type { PodIdentity } from './pod.js';
import type { ProblemTable } from './problems/problem.js';
import { ValidationPipe } from './problems/validation.pipe.js';
import { REDIS } from './redis.js';
import { ServiceModule } from './service.module.js';

/** Looks a provider of the app up. */
export type Resolve = <T>(token: unknown) => T;

export interface ServiceDefinition {
  readonly name: string;
  /** Path under which everything is served, with a leading slash; PATH_PREFIX may stand before it. */
  readonly prefix: string;
  readonly module: Type | DynamicModule;
  readonly environment: ServiceEnvironment;
  /** Status and title of each error code that the app can throw. */
  readonly problems: ProblemTable;
  /** Its OpenAPI document, served at `<prefix>/openapi.json`. */
  readonly openApi: object;
  /** Hooks for every request. */
  readonly hooks?: (server: FastifyInstance, resolve: Resolve) => void;
  /** Routes on Fastify's own table, for what must be fast; `resolve` works from the first request on. */
  readonly hotRoutes?: (server: FastifyInstance, resolve: Resolve) => void;
  /** Further routes of the second port. */
  readonly adminRoutes?: (admin: FastifyInstance, resolve: Resolve) => void;
}

/** Builds the Nest application; tests give one that overrides providers. */
export type CreateApplication = (
  module: DynamicModule,
  adapter: FastifyAdapter,
  options: { bodyParser: false; logger: ReturnType<typeof nestLogger> },
) => Promise<NestFastifyApplication>;

export interface Service {
  readonly app: NestFastifyApplication;
  readonly admin: FastifyInstance;
  readonly pod: PodIdentity;
  readonly log: Log;
  readonly drain: Drain;
  /** Every route that is served, but for HEAD. */
  routes(): ServiceRoute[];
  /** Listens on both ports and returns those taken. */
  listen(): Promise<{ port: number; adminPort: number }>;
  close(): Promise<void>;
}

const createWithNest: CreateApplication = (module, adapter, options) =>
  NestFactory.create<NestFastifyApplication>(module, adapter, { ...options, abortOnError: false });

/** Whoever has sent no whole request by then, or does not read its reply, holds nothing up. */
const closesWithinMs = 1_000;

@Module({})
class RootModule {}

/** A service, ready to listen or to be injected with requests. */
export async function createService(
  definition: ServiceDefinition,
  createApplication: CreateApplication = createWithNest,
): Promise<Service> {
  const { environment, name, prefix } = definition;
  const { pod, log, metrics, drain, routes, filter, server } = createFront(name, definition.problems, environment);
  const readiness = new Readiness();
  readiness.require('staying', () => !drain.leaving);

  let app: NestFastifyApplication | undefined;
  // Nest looks a provider up through two proxies, which for each request would cost as much as routing it.
  const resolved = new Map<unknown, unknown>();
  const resolve = <T>(token: unknown): T => {
    if (!app) throw new Error('Providers are there from the first request on.');
    if (!resolved.has(token)) resolved.set(token, app.get(token as string, { strict: false }));
    return resolved.get(token) as T;
  };
  definition.hooks?.(server, resolve);
  // On Fastify's own route table, past Nest's pipeline; Nest's hooks still run, Fastify hands them on to every child.
  await server.register(async (hot) => {
    hot.setErrorHandler((error, request, reply) => filter.answer(error, request, reply));
    // Written once: to make it anew for whoever asks for it without end would hold everybody else up.
    const openApi = JSON.stringify({
      ...definition.openApi,
      ...(environment.PATH_PREFIX && { servers: [{ url: environment.PATH_PREFIX }] }),
    });
    hot.get(`${prefix}/openapi.json`, (_request, reply) => reply.type('application/json').send(openApi));
    definition.hotRoutes?.(hot, resolve);
  });

  const module: DynamicModule = {
    module: RootModule,
    imports: [ServiceModule.forRoot({ environment, pod, log, metrics, drain, readiness }), definition.module],
  };
  app = await createApplication(module, new FastifyAdapter(server as never), {
    bodyParser: false,
    logger: nestLogger(log),
  });
  app.setGlobalPrefix(prefix);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(filter);
  app.enableCsrfProtection();
  await app.init();
  await server.ready();
  const store = new StoreReadiness(app.get<Redis>(REDIS), environment.REDIS_KEY_PREFIX, log);
  readiness.require('redis', () => store.holds);

  const admin = createAdminServer({ pod, log, readiness, metrics, drain });
  definition.adminRoutes?.(admin, resolve);
  const application = app;
  return {
    app,
    admin,
    pod,
    log,
    drain,
    routes: () => routes.list(),
    async listen() {
      const host = listenAddress(environment.HOST);
      await application.listen(environment.PORT, host).catch(cannotListen('PORT', environment));
      await admin.listen({ port: environment.ADMIN_PORT, host }).catch(cannotListen('ADMIN_PORT', environment));
      return { port: portOf(server), adminPort: portOf(admin) };
    },
    async close() {
      store.close();
      await admin.close();
      const impatience = setTimeout(() => server.server.closeAllConnections(), closesWithinMs);
      await application.close();
      clearTimeout(impatience);
    },
  };
}

/** The settings at fault: a port that is taken or not for this user, a host that is not this machine's. */
function cannotListen(name: 'PORT' | 'ADMIN_PORT', environment: ServiceEnvironment): (error: unknown) => never {
  return (error) => {
    const { syscall, code, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const setting = code === 'EADDRINUSE' || code === 'EACCES' ? name : 'HOST';
    throw new InvalidEnvironment([
      `${setting}: cannot listen on ${environment[name]} of ${environment.HOST}: ${message}`,
    ]);
  };
}

function portOf({ server }: FastifyInstance): number {
  return (server.address() as AddressInfo).port;
}
