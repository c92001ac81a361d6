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
  since: at,
  requests: 1_000_000,
  failed: 0,
  failedBy: {},
  opened: 100_000,
  lost: 0,
  lostBy: {},
  transfers: 7,
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

  it('tells what an experiment found', () => {
    const verdicts = [{ number: 9, sentence: 's', ruling: 'holds', because: 'sticky lost 3.' }];
    const done = [{ id: 'a', name: 'amnesia', at, passed: true, verdicts, report: 'r' }];
    const now = { ...full, experiments: { known: [], running: null, done } };
    expect(renderNow(now)).toContain(`${timeOfDay(at)} amnesia: claim 9 holds: sticky lost 3.`);
    expect(renderNowLines(now)).toContain(`${timeOfDay(at)} amnesia: claim 9 holds: sticky lost 3.`);
  });

  it('sums up each mode in a line where nothing can be redrawn', () => {
    expect(renderNowLines(full)).toEqual([
      `stateless: 0 customers, 12 req/s, p99 1.2 s; since ${timeOfDay(at)} 100000 sessions, 0 lost, 2 failed requests`,
      `sticky: 2 customers, 12 req/s, p99 1.2 s; since ${timeOfDay(at)} 100000 sessions, 3 lost, 0 failed requests`,
      `money: exact over 80 accounts and 9 transfers, counted at ${timeOfDay(at)}`,
    ]);
  });
});
