export { batchWrites } from './batch-writes.js';
export { CodedError } from './coded-error.js';
export { systemClock, type Clock } from './clock.js';
export {
  InvalidEnvironment,
  milliseconds,
  quota,
  readEnvironment,
  seconds,
  serviceEnvironment,
  type ServiceEnvironment,
  wholeNumber,
} from './environment.js';
export { createPlainServer } from './http/plain-server.js';
export { type Client, Clients } from './limits/clients.js';
export { GrowingWait } from './limits/growing-wait.js';
export { LimitExceeded } from './limits/limit-exceeded.js';
export { RateLimit } from './limits/rate-limit.js';
export { listenAddress } from './listen-address.js';
export { type Log } from './log.js';
export { METRICS, type Metrics } from './metrics.js';
export { DRAIN, type Drain, type DrainTask } from './lifecycle/drain.js';
export { READINESS, type Readiness } from './lifecycle/readiness.js';
export { describeApi, type Api, type Operation } from './open-api.js';
export { type PodIdentity } from './pod.js';
export { invalidRequest, unfit } from './problems/validation.pipe.js';
export { serviceProblems, type ProblemKind, type ProblemTable } from './problems/problem.js';
export { isRedisFault, isRedisRefusal } from './redis-errors.js';
export { connectRedis, REDIS } from './redis.js';
export { faultOfRedisUrl, isUserAlone } from './redis-url.js';
export { runService } from './run-service.js';
export {
  createService,
  type CreateApplication,
  type Resolve,
  type Service,
  type ServiceDefinition,
} from './service.js';
export { STORE_ROOM, StoreRoom } from './store-room.js';
export { CLOCK, ENVIRONMENT, LOG, POD } from './service.module.js';
