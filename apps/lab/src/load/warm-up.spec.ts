import { describe, expect, it } from '@jest/globals';
import type { RecordedRequest } from '../http/recorded-request.js';
import { BankRecorder } from '../bank/mode-record.js';
import { warmUp, WarmUp } from './warm-up.js';

const recorded = (endedAt: number, status = 200): RecordedRequest => ({
  request: { operation: 'look', method: 'GET', path: '/session/overview' },
  outcome: status < 500 ? { kind: 'ok' } : { kind: 'refused', problem: 'store-unavailable', again: true },
  status,
  body: {},
  retryAfterMs: undefined,
  servedBy: { pod: 'p', bootId: 'b' },
  bytes: { requestHeader: 100, requestBody: 0, replyHeader: 50, replyBody: 10 },
  cost: { preparedFields: 1, carriedFields: 1, carriedBytes: 10 },
  startedAt: endedAt - 5,
  endedAt,
});

describe('WarmUp', () => {
  it('is over unless it was begun', () => {
    expect(new WarmUp().counts(0)).toBe(true);
  });

  it('takes the first eighth of a load', () => {
    const recorder = { warmUp: new WarmUp() };
    const now = performance.now();
    warmUp(recorder, 8);
    expect(recorder.warmUp.counts(now + 900)).toBe(false);
    expect(recorder.warmUp.counts(now + 1_100)).toBe(true);
  });
});

describe('a record', () => {
  it('leaves out of latencies, bytes and rates what was meant to be asked in the warm-up, however late it ended', () => {
    const recorder = new BankRecorder();
    const record = recorder.of('sticky');
    const at = (ms: number): number => recorder.startedAt + ms;
    recorder.warmUp.begin();
    record.requestRecorded(recorded(at(1_500)), at(900));
    recorder.warmUp.end(at(1_000));
    record.requestRecorded(recorded(at(1_600)), at(990));
    record.requestRecorded(recorded(at(1_700)), at(1_001));
    expect(record).toMatchObject({ requests: 1, bytes: { requestHeader: 100 }, cost: { carriedBytes: 10 } });
    expect(record.latencies.count).toBe(1);
    expect(record.latencies.percentileMs(99)).toBeCloseTo(700, -1);
  });

  it('counts failures and losses always', () => {
    const recorder = new BankRecorder();
    const record = recorder.of('sticky');
    recorder.warmUp.begin();
    record.requestRecorded(recorded(recorder.startedAt + 500, 503), recorder.startedAt);
    record.ended({ mode: 'sticky', home: undefined, end: { how: 'lost', cause: 'x', unfinished: undefined } });
    expect(record).toMatchObject({ requests: 0, failed: 1, sessionsLost: 1 });
    expect([...record.refusedBy]).toEqual([['store-unavailable', 1]]);
  });
});
