import { expect, it } from '@jest/globals';
import { type DifferingValue, differingInWords } from './differing-values.js';
import type { JourneyRequest } from './journey.js';

const requests = Array.from({ length: 30 }, (_, index) => ({ name: `${index + 1} GET /a` }) as JourneyRequest);
const differing = (index: number, kind: 'query' | 'form' | 'path', key: string, column?: string): DifferingValue => ({
  index,
  brought: { kind, key, value: 's-cr-t' },
  column,
});

it('says once of all values of one name what was done about them', () => {
  const said = differingInWords(requests, [
    differing(0, 'form', 'username', 'user.username'),
    ...requests.map((_, index) => differing(index, 'query', '_')),
    differing(1, 'query', '_#2'),
    differing(2, 'path', '1'),
    differing(3, 'path', '2'),
  ]);
  expect(said).toEqual([
    '`username` differs between the recordings, and no reply gave it: it is {{user.username}} now (1 GET /a).',
    '`_` differs between the recordings, and no reply gave it: what the first one has stays (1 GET /a, 2 GET /a, 3 GET /a ' +
      'and 27 more).',
    'A part of the path differs between the recordings, and no reply gave it: what the first one has stays (3 GET /a, 4 GET /a).',
  ]);
});
