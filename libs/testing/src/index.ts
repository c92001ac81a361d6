export { eventually, forgetKeys, testVariables } from './environment.js';
export { startIssuer, type TestIssuer } from './issuer.js';
export { describedRoutes } from './open-api.js';
