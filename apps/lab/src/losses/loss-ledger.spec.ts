import { describe, expect, it } from '@jest/globals';
import type { RecordedRequest } from '../http/recorded-request.js';
import { type ModeName } from '../bank/modes.js';
import type { PodEvent, PodPhase } from '../platform/platform.js';
import { LossLedger } from './loss-ledger.js';
import type { CustomerSession } from '../bank/observer.js';
import { bankLosses } from '../bank/losses.js';

const workload = 'session-sticky';
let report: (event: PodEvent) => void = () => undefined;
const platform = {
  watch: (listener: typeof report) => {
    report = listener;
    return () => (report = () => undefined);
  },
  pods: async () => [{ name: 'p-0', workload, phase: 'ready', bootId: 'b-0' } as const],
};
const event = (phase: PodPhase, reason?: string, bootId?: string) =>
  report({ at: 0, reason, pod: { name: 'p-0', workload, phase, bootId } });
const lost = (mode: ModeName, cause: string, bootId = 'b-0'): CustomerSession => ({
  mode,
  home: { pod: 'p-0', bootId },
  end: { how: 'lost', cause, unfinished: undefined },
});
const answeredBy = (bootId: string) =>
  ({ outcome: { kind: 'ok' }, status: 200, servedBy: { pod: 'p-0', bootId } }) as RecordedRequest;
const booked = (ledger: LossLedger<ModeName>) =>
  ledger.rows().map(({ mode, cause, sessions }) => [mode, cause, sessions]);

describe('LossLedger', () => {
  it('books each lost session once, under what became of its pod', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    event('gone', 'killed', 'b-0');
    ledger.ended(lost('sticky', 'session-owner-gone'));
    ledger.ended(lost('sticky', 'session-owner-gone'));
    ledger.ended({ ...lost('sticky', ''), end: { how: 'left' } });
    expect(booked(ledger)).toEqual([['sticky', 'owner-died', 2]]);
  });

  it('knows which boot an event is about where the platform does not say', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    event('terminating', 'rolled');
    event('gone', 'rolled');
    ledger.requestRecorded('sticky', answeredBy('b-1'));
    ledger.ended(lost('sticky', 'session-owner-gone', 'b-0'));
    ledger.ended(lost('sticky', 'session-owner-gone', 'b-1'));
    expect(booked(ledger)).toEqual([
      ['sticky', 'drained-without-handoff', 1],
      ['sticky', 'unexplained', 1],
    ]);
  });

  it('books a session that another pod may have taken on, which died before it answered, under that', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    const before = performance.now();
    report({ at: 0, reason: 'killed', pod: { name: 'p-1', workload, phase: 'gone', bootId: 'b-1' } });
    const after = performance.now() + 1;
    ledger.ended({ ...lost('handoff', 'session-owner-gone'), unsureSince: before });
    expect(booked(ledger)).toEqual([['handoff', 'owner-died', 1]]);
    // Its last answer came after that, or it cannot go on elsewhere.
    ledger.ended({ ...lost('handoff', 'session-owner-gone'), unsureSince: after });
    ledger.ended(lost('handoff', 'session-owner-gone'));
    ledger.ended({ ...lost('sticky', 'session-owner-gone'), unsureSince: before });
    expect(booked(ledger)).toEqual([
      ['sticky', 'unexplained', 1],
      ['handoff', 'owner-died', 1],
      ['handoff', 'unexplained', 2],
    ]);
  });

  it('hears of a pod that came back before it hears that it had crashed', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    ledger.requestRecorded('sticky', answeredBy('b-1'));
    event('gone', 'crashed with code 1');
    ledger.ended(lost('sticky', 'session-owner-gone', 'b-0'));
    expect(booked(ledger)).toEqual([['sticky', 'owner-died', 1]]);
  });

  it('tells of a handoff that was lost how its pod had ended', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    event('terminating', 'rolled', 'b-0');
    ledger.ended(lost('handoff', 'session-misrouted'));
    expect(ledger.rows()).toMatchObject([
      {
        cause: 'unexplained',
        example: 'a session of handoff, last answered by p-0/b-0, which was stopped in order: session-misrouted',
      },
    ]);
  });

  it('waits for a watch that is slower than the customers', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    ledger.ended(lost('sticky', 'session-owner-gone'));
    expect(booked(ledger)).toEqual([['sticky', 'unexplained', 1]]);
    event('gone', 'killed', 'b-0');
    expect(booked(ledger)).toEqual([['sticky', 'owner-died', 1]]);
  });

  it('does not blame a death that came after a misrouting', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    ledger.ended(lost('unpinned', 'session-misrouted'));
    event('gone', 'killed', 'b-0');
    expect(booked(ledger)).toEqual([['unpinned', 'misrouted', 1]]);
  });

  it('says in words what it cannot explain, and books failed requests of any mode', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    ledger.ended(lost('shared', 'session-signed-out'));
    const request = { operation: 'look', method: 'GET', path: '/account/accounts' } as const;
    const failed = { request, outcome: { kind: 'unknown', why: 'http-502' }, status: 502 } as RecordedRequest;
    ledger.requestRecorded('stateless', failed);
    expect(ledger.rows()).toEqual([
      { mode: 'stateless', cause: 'gateway-error', sessions: 0, requests: 1 },
      {
        mode: 'shared',
        cause: 'unexplained',
        sessions: 1,
        requests: 0,
        example: 'a session of shared, last answered by p-0/b-0: session-signed-out',
      },
    ]);
  });

  it('settles what has a cause at once, and what has none when the platform had its time to tell', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    const [early, late] = [lost('unpinned', 'session-misrouted'), lost('sticky', 'session-owner-gone')];
    ledger.ended(early);
    ledger.ended(late);
    const now = performance.now();
    expect(ledger.settle(now)).toEqual([{ session: early, cause: 'misrouted' }]);
    expect(ledger.settle(now + 1_000)).toEqual([]);
    expect(ledger.settle(now + 2_100)).toEqual([{ session: late, cause: 'unexplained' }]);
    // Each is counted once, however often it is settled or asked for.
    expect(booked(ledger)).toEqual([
      ['sticky', 'unexplained', 1],
      ['unpinned', 'misrouted', 1],
    ]);
    expect(ledger.rows()).toEqual(ledger.rows());
  });

  it('knows whose session went with its pod although they have not found out', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    const open = (mode: ModeName): CustomerSession => ({ ...lost(mode, ''), end: undefined });
    const all = [open('sticky'), open('sticky'), open('handoff'), { ...open('sticky'), home: undefined }];
    expect(ledger.awaited(all)).toBe(0);
    event('terminating', 'stopped', 'b-0');
    expect(ledger.awaited(all)).toBe(2);
    expect(ledger.awaited([open('handoff'), open('shared'), open('stateless')])).toBe(0);
  });

  it('hears nothing more once it is closed', async () => {
    const ledger = await new LossLedger(bankLosses).open(platform);
    ledger.close();
    event('gone', 'killed', 'b-0');
    ledger.ended(lost('sticky', 'session-owner-gone'));
    expect(booked(ledger)).toEqual([['sticky', 'unexplained', 1]]);
  });
});
