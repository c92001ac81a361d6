import type { Route } from './routes.js';

/** What the lab tells its gateway. */
export type ToGateway = { kind: 'routes'; version: number; routes: readonly Route[] } | { kind: 'close' };

/** What the gateway tells the lab. */
export type FromGateway =
  | { kind: 'listening'; port: number }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'applied'; version: number };
