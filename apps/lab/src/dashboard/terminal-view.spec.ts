import { describe, expect, it } from '@jest/globals';
import { sampleCrowd, sampleNow } from '../../test/sample-now.js';
import { modeNames } from '../bank/modes.js';
import { renderNow, renderNowLines } from './terminal-view.js';
import type { ModeSnapshot } from '../protocol/snapshots.js';
import { timeOfDay } from '../page/formatted.js';

const at = Date.now();
const met = (mode: string, parts: Partial<ModeSnapshot> = {}): ModeSnapshot => ({
  mode,
  overSeconds: 5,
  perSecond: 12.3,
  p50Ms: 1.8,
  p99Ms: 1_234,
  behind: null,
  since: at,
  requests: 1_000_000,
  failed: 0,
  failedBy: {},
  opened: 100_000,
  lost: 0,
  lostBy: {},
  awaited: 0,
  transfers: 7,
  journeys: 321,
  gaveUp: 4,
  sentHeader: 712.3,
  sentBody: 44.1,
  receivedHeader: 345.6,
  receivedBody: 1_234.5,
  preparedFields: 1.5,
  carriedFields: null,
  ...parts,
});
const customers = [1, 2].map((id) => ({ id, mode: 'sticky', pod: 'session-sticky-0' }));
const modes = [
  met('stateless', { failed: 2, failedBy: { 'gateway-error': 2 } }),
  met('sticky', { lost: 3, lostBy: { 'owner-died': 3 } }),
];
const audit = { at, clean: true, accounts: 80, transfers: 9, breach: null, fault: null };
const full = sampleNow({ at, readAt: at, crowd: sampleCrowd({ customers, modes }), audit });

describe('the page in a terminal', () => {
  it('says in place of latencies that the lab itself fell behind', () => {
    const late = modes.map((mode) => ({ ...mode, p50Ms: null, p99Ms: null, behind: '9 of 10 starts were late' }));
    const now = { ...full, crowd: sampleCrowd({ customers, modes: late }) };
    expect(renderNow(now).join('\n')).toMatch(/latency p50 \/ p99 +void \/ void +void \/ void\n +The lab .* late\.$/m);
    expect(renderNowLines(now).join('\n')).toContain('no latency: the lab fell behind');
  });

  it('fits 80 columns with all five modes, and a breach, a fault and an experiment to tell of', () => {
    const experiments = {
      known: [],
      running: { name: 'rolling-update', startedAt: at - 90_000, progress: 'x'.repeat(60), secondsLeft: 120 },
      done: [],
    };
    const now = sampleNow({
      at,
      fault: 'session-sticky-0, session-sticky-1, session-sticky-2, session-sticky-3: no answer',
      crowd: sampleCrowd({
        modes: modeNames.map((mode) => met(mode, { lost: 1, lostBy: { 'drained-without-handoff': 1 } })),
      }),
      audit: { ...audit, clean: false, breach: 'an account holds 100 more than its postings add up to, in all' },
      experiments,
    });
    expect(renderNow(now).filter((line) => line.length > 79)).toEqual([]);
    expect(renderNow(now).join('\n')).toContain('money: WRONG');
    expect(renderNow(now).join('\n')).toContain('experiment: rolling-update, for 90 s, about 2 min to go.');
  });

  it('shows who is inside, what was lost and failed under which cause, and that all money is there', () => {
    const text = renderNow(full).join('\n');
    expect(text).toMatch(/inside now +0 +2$/m);
    expect(text).toMatch(/sessions lost +0 +3$/m);
    expect(text).toMatch(/sessions: its pod died +0 +3$/m);
    expect(text).toMatch(/requests: the front door had no pod for it +2 +0$/m);
    expect(text).toContain(`money: exact over 80 accounts and 9 transfers, counted at ${timeOfDay(at)}`);
  });

  it('says of lost sessions that more are to come, while customers have not found out', () => {
    const growing = { ...full, crowd: sampleCrowd({ modes: [modes[0]!, { ...modes[1]!, awaited: 15 }] }) };
    expect(renderNow(growing).join('\n')).toMatch(
      /sessions lost +0 +3\n.*its pod died +0 +3\n +customers not back yet +0 +15$/m,
    );
    expect(renderNowLines(growing).join('\n')).toContain('3 lost by now (15 customers not back yet), 0 failed');
  });

  it('shows both styles side by side, with all that a request costs', () => {
    const lines = renderNow(full);
    expect(lines.filter((line) => line.length > 79)).toEqual([]);
    const rows = lines.map((line) => line.trim().split(/ {2,}/));
    expect(rows).toEqual(
      expect.arrayContaining([
        ['customers', 'stateless', 'sticky'],
        ['style', 'stateless', 'stateful'],
        ['path', '/account', '/session'],
        ['requests a second, of the last 5 s', '12', '12'],
        ['latency p50 / p99', '1.8ms / 1.2s', '1.8ms / 1.2s'],
        ['requests', '1000000', '1000000'],
        ['failed', '2', '0'],
        ['journeys made / given up', '321 / 4', '321 / 4'],
        ['transfers made', '7', '7'],
        ['sent a request: header + body', '712 B + 44.1 B', '712 B + 44.1 B'],
        ['received: header + body', '346 B + 1235 B', '346 B + 1235 B'],
        ['fields prepared / carried', '1.50 / -', '1.50 / -'],
      ]),
    );
  });

  it('shows the same of more modes, in rows of their own where two figures have no room beside each other', () => {
    const unpinned = met('unpinned', { lost: 7, lostBy: { misrouted: 7 }, p50Ms: 1.23 });
    const text = renderNow({ ...full, crowd: sampleCrowd({ modes: [...modes, unpinned] }) }).join('\n');
    expect(text).toMatch(/latency p50 +1\.8ms +1\.8ms +1\.2ms\n +p99 +1\.2s +1\.2s +1\.2s$/m);
    expect(text).toMatch(/sessions lost +0 +3 +7$/m);
    expect(text).toMatch(/sessions: sent to another pod +0 +0 +7$/m);
    expect(text).toMatch(/sent a request: header +712 B +712 B +712 B\n +body +44\.1 B +44\.1 B +44\.1 B$/m);
  });

  it('leaves out what matters least where there are few rows: two styles and their pods fit 24', () => {
    const pod = {
      phase: 'ready',
      bootId: null,
      cpu: 1,
      perSecond: 1,
      memoryBytes: 1e6,
      failed: 0,
      sessions: 0,
      p99Ms: null,
    } as const;
    const podsOf = (workload: string, count: number) => ({
      workload,
      autoscaling: null,
      pods: Array.from({ length: count }, (_, index) => ({ ...pod, name: `${workload}-${index}` })),
    });
    const workloads = [
      podsOf('auth', 1),
      podsOf('account', 2),
      podsOf('session-sticky', 2),
      podsOf('session-shared', 0),
    ];
    const now = { ...full, workloads, crowd: sampleCrowd({ modes: ['stateless', 'sticky'].map((mode) => met(mode)) }) };
    const short = renderNow(now, 22);
    // Beside the address of the page and the line that the cursor stands in.
    expect(short).toHaveLength(22);
    expect(short.at(-1)).toMatch(/^ {2}session-sticky-1 +ready/);
    expect(short.join('\n')).toMatch(/sent a request: header \+ body +712 B \+ 44\.1 B/);
    expect(renderNow(now, 40)).toEqual(renderNow(now));
    expect(renderNow(now).length).toBeGreaterThan(30);
  });

  it('shows a pod with its state, its rate and its memory', () => {
    const untold = { bootId: null, cpu: null, failed: null, sessions: null, p99Ms: null };
    const pods = [
      { ...untold, name: 'session-sticky-1', phase: 'terminating', perSecond: 12.3, memoryBytes: 98_765_432 },
    ] as const;
    const text = renderNow({ ...full, workloads: [{ workload: 'session-sticky', autoscaling: null, pods }] }).join(
      '\n',
    );
    expect(text).toMatch(/session-sticky-1 +draining +- +99 MB +- +12 +-$/m);
  });

  it('says so when money is not right, and when it was not audited', () => {
    const audited = (now: typeof full.audit): string => renderNow({ ...full, audit: now }).join('\n');
    expect(audited({ ...audit, clean: false, breach: 'M1: the sum is off by 5' })).toContain('M1: the sum is off');
    expect(audited({ ...audit, clean: null, fault: 'timed out' })).toContain('timed out');
    expect(audited(null)).toContain('money: not counted yet');
  });

  it('tells what an experiment found', () => {
    const verdicts = [
      { number: 9, sentence: 's', ruling: 'holds', onlyBy: 'by one quick round', because: 'sticky lost 3.' },
    ];
    const done = [{ id: 'a', name: 'amnesia', at, passed: true, verdicts, report: 'r' }];
    const now = { ...full, experiments: { known: [], running: null, done } };
    const line = `${timeOfDay(at)} amnesia: claim 9 holds, by one quick round: sticky lost 3.`;
    expect(renderNow(now)).toContain(line);
    expect(renderNowLines(now)).toContain(line);
  });

  it('sums up each mode in a line where nothing can be redrawn', () => {
    expect(renderNowLines(full)).toEqual([
      `stateless: 0 customers, 12 req/s, p50 1.8 ms, p99 1.2 s, sent 712 B + 44.1 B; since ${timeOfDay(at)} 100000 sessions, 0 lost, 2 failed requests`,
      `sticky: 2 customers, 12 req/s, p50 1.8 ms, p99 1.2 s, sent 712 B + 44.1 B; since ${timeOfDay(at)} 100000 sessions, 3 lost, 0 failed requests`,
      `money: exact over 80 accounts and 9 transfers, counted at ${timeOfDay(at)}`,
    ]);
  });
});
