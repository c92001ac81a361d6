import { expect, it } from '@jest/globals';
import { countersIn, sumOfMetric } from './metrics-text.js';

const text = String.raw`# HELP sessions_lost_total Sessions lost.
# TYPE sessions_lost_total counter
sessions_lost_total{cause="gone",mode="sticky"} 3
sessions_lost_total{cause="expired",mode="sticky"} 4 1700000000000
sessions_lost_total_created 17
odd{path="a\"b\\}",x=""} 5
open_sessions 1e3
`;

it.each([
  ['sessions_lost_total', {}, 7],
  ['sessions_lost_total', { cause: 'gone' }, 3],
  ['sessions_lost_total', { cause: 'gone', mode: 'handoff' }, 0],
  ['odd', { path: 'a"b\\}' }, 5],
  ['open_sessions', {}, 1000],
  ['open', {}, 0],
])('sums %s with %j', (name, labels, sum) => {
  expect(sumOfMetric(text, name, labels as Record<string, string>)).toBe(sum);
});

it('knows which families count', () => {
  const families = `${text}# TYPE requests_seconds histogram
requests_seconds_bucket{le="1"} 4
requests_seconds_sum 2.5
requests_seconds_count{path="/"} 4
requests_seconds_count{path="/a"} 2
# TYPE open_sessions gauge
`;
  expect([...countersIn(families)]).toEqual([
    ['sessions_lost_total', 7],
    ['requests_seconds_count', 6],
  ]);
});
