import { expect, it } from '@jest/globals';
import { faultTable } from './fault-table.js';

it('tells what took a session in words', () => {
  const losses = [{ mode: 'sticky', cause: 'owner-died', sessions: 3, requests: 0 }] as const;
  const found = { faults: 1, requests: 9, transfers: 2, moved: 4, lateByMachine: 0, tallies: [], losses };
  expect(faultTable(found, 1)).toContain('Sessions lost by cause: sticky 3 (its pod died).');
  expect(faultTable(found, 1).join(' ')).not.toContain('full');
  expect(faultTable({ ...found, lateByMachine: 5 }, 1).join(' ')).toMatch(
    /5 requests were not answered in time while the machine/,
  );
});
