import { describe, expect, it } from '@jest/globals';
import { BankRecorder } from './mode-record.js';
import { soFar } from './so-far.js';

const clean = { at: 0, clean: true, accounts: 3, transfers: 2, breach: null, fault: null };

describe('soFar', () => {
  it('tells the causes of losses, and judges nothing', () => {
    const recorder = new BankRecorder();
    recorder.of('stateless');
    recorder.of('sticky').lostBy.set('session-owner-gone', 3);
    const losses = [{ mode: 'sticky', cause: 'owner-died', sessions: 3, requests: 0 }] as const;
    const section = soFar(recorder, clean, losses, null);
    expect(section).toMatchObject({ losses, notes: [] });
    expect(section.claims).toEqual([]);
    expect(section.figures).toMatchObject({
      stateless: { lost: { value: 0 } },
      sticky: { lost: { value: 3 }, requests: { value: 0, samples: [0] } },
    });
    expect(section.audit?.clean).toBe(true);
  });

  it('has no latency of which the lab itself is the cause, and says so', () => {
    const recorder = new BankRecorder();
    recorder.of('sticky').latencies.record(20);
    expect(soFar(recorder, clean, [], null).figures).toMatchObject({
      sticky: { p99Ms: { value: expect.closeTo(20, 0) } },
    });
    const section = soFar(recorder, clean, [], '9 of 10 starts were late');
    expect(section.figures).toMatchObject({ sticky: { p50Ms: { value: null }, p99Ms: { value: null } } });
    expect(section.notes).toEqual(['The lab itself fell behind, and latencies are void: 9 of 10 starts were late.']);
  });

  it('says why there is no audit', () => {
    const section = soFar(new BankRecorder(), { ...clean, clean: null, fault: 'Redis is slow' }, [], null);
    expect(section.audit).toBeUndefined();
    expect(section.notes).toEqual(['The audit failed: Redis is slow']);
  });
});
