import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { CodedError } from '../coded-error.js';
import { createLog } from '../log.js';
import { FaultLog } from './fault-log.js';
import { toProblem } from './problem.js';

const table = { 'too-busy': { status: 503, title: 'Too busy' }, 'store-away': { status: 503, title: 'Store away' } };
let written: string[];
let faults: FaultLog;

beforeEach(() => {
  jest.useFakeTimers();
  written = [];
  const to = { write: (line: string) => void written.push(line) };
  faults = new FaultLog(createLog('info', { service: 'test', pod: 'test-0' }, to));
});
afterEach(() => {
  faults.close();
  jest.useRealTimers();
});

function tell(error: Error, times = 1): void {
  for (let time = 0; time < times; time += 1) faults.tell(error, toProblem(error, table).problem, `r-${time}`);
}
const lines = () => written.map((line) => JSON.parse(line) as object);
const busy = new CodedError('too-busy', '');

it('tells an overload by one whole line, then by one counted line an interval, however many are refused', () => {
  tell(busy, 40_000);
  jest.advanceTimersByTime(10_000);
  tell(busy, 7);
  jest.advanceTimersByTime(10_000);
  expect(lines()).toMatchObject([
    { msg: 'Too busy', requestId: 'r-0', err: { stack: expect.any(String) } },
    { type: 'urn:tellers:problem:too-busy', count: 39_999, seconds: 10 },
    { count: 7 },
  ]);
});

it('tells the next one whole again after an interval without any', () => {
  tell(busy);
  jest.advanceTimersByTime(10_000);
  tell(busy);
  expect(lines()).toMatchObject([{ requestId: 'r-0' }, { requestId: 'r-0' }]);
});

it('tells each kind of its own, and unforeseen errors by where they are thrown', () => {
  const here = (what: string) => new Error(what);
  tell(busy, 2);
  tell(new CodedError('store-away', ''), 2);
  for (const what of ['one', 'two']) tell(here(what), 2);
  tell(new Error('elsewhere'), 2);
  expect(lines()).toMatchObject([
    { msg: 'Too busy' },
    { msg: 'Store away' },
    { err: { message: 'one' } },
    { err: { message: 'elsewhere' } },
  ]);
});

it('tells what it counted when it is closed', () => {
  tell(busy, 3);
  faults.close();
  expect(lines()).toMatchObject([{ requestId: 'r-0' }, { count: 2 }]);
});
