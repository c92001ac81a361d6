import { expect, test } from '@jest/globals';
import { Histogram, Registry } from 'prom-client';
import { RequestDurations } from './request-durations.js';

test("shows what prom-client's own histogram would", async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const durations = new RequestDurations(ours);
  const histogram = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its reply',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [theirs],
  });
  for (const [method, route, status, seconds] of [
    ['GET', '/account/accounts/:id', 200, 0.001],
    ['GET', '/account/accounts/:id', 200, 0.5],
    ['GET', '/account/accounts/:id', 404, 0.002],
    ['POST', '/account/transfers', 201, 9],
  ] as const) {
    durations.observe(method, route, status, seconds);
    histogram.observe({ method, route, status }, seconds);
  }
  expect(await ours.metrics()).toBe(await theirs.metrics());
});
