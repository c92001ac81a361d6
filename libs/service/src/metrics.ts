import { collectDefaultMetrics, Registry } from 'prom-client';
import { RequestDurations } from './request-durations.js';

export const METRICS = Symbol('METRICS');

/** Metrics of one process: what the platform reads, and Prometheus may. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts one request; `seconds` from its first byte to the end of the reply. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
}

/** Process, event-loop and request metrics under Prometheus' conventional names. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new RequestDurations(registry);
  return {
    registry,
    observeRequest: (method, route, status, seconds) => durations.observe(method, route, status, seconds),
  };
}
