import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

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
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its reply',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    registry,
    observeRequest: (method, route, status, seconds) => durations.observe({ method, route, status }, seconds),
  };
}
