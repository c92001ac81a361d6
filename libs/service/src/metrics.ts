import { collectDefaultMetrics, Registry } from 'prom-client';
import { RequestDurations } from './request-durations.js';

export const METRICS = Symbol('METRICS');

/** Metrics of one process: what the platform reads, and Prometheus may. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: RequestDurations;
}

/** Process, event-loop and request metrics under Prometheus' conventional names. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { registry, requests: new RequestDurations(registry) };
}
