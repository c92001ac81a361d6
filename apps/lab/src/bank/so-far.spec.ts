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
    const section = soFar(recorder, clean, losses);
    expect(section).toMatchObject({ losses, notes: [] });
    expect(section.claims).toEqual([]);
    expect(section.figures).toMatchObject({
      stateless: { lost: { value: 0 } },
      sticky: { lost: { value: 3 }, requests: { value: 0, samples: [0] } },
    });
    expect(section.audit?.clean).toBe(true);
  });

  it('says why there is no audit', () => {
    const section = soFar(new BankRecorder(), { ...clean, clean: null, fault: 'Redis is slow' }, []);
    expect(section.audit).toBeUndefined();
    expect(section.notes).toEqual(['The audit failed: Redis is slow']);
  });
});
