export { Endpoint } from './endpoint.js';
export { eventually, forgetKeys, testVariables } from './environment.js';
export { startIssuer, type TestIssuer } from './issuer.js';
export { describedRoutes } from './open-api.js';
export { hasRedisServer, RedisServer } from './redis-server.js';
export { StoreFailover } from './store-failover.js';
export { describeStoreFaults, type StoreClient } from './store-faults.js';
export { documentedRights } from './store-refusals.js';
