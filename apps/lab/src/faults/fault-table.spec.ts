import { expect, it } from '@jest/globals';
import { faultTable } from './fault-table.js';

it('tells what took a session in words', () => {
  const losses = [{ mode: 'sticky', cause: 'owner-died', sessions: 3, requests: 0 }] as const;
  const found = { faults: 1, requests: 9, transfers: 2, moved: 4, tallies: [], losses };
  expect(faultTable(found, 1)).toContain('Sessions lost by cause: sticky 3 (its pod died).');
});
