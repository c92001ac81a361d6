import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedRequest } from '../http/recorded-request.js';
import { Violation } from './fault.js';
import { Stillness } from './stillness.js';

let stillness: Stillness;
beforeEach(() => {
  stillness = new Stillness();
});

/** A login that nobody answers from then on, for three seconds. */
function unanswered(startedAt: number): void {
  const recorded = {
    request: { method: 'POST', path: '/auth/login' },
    outcome: { kind: 'unknown', why: 'UND_ERR_HEADERS_TIMEOUT' },
    startedAt,
    endedAt: startedAt + 3_000,
  } as RecordedRequest;
  stillness.met('sticky', recorded);
}

describe('a request that nobody answered', () => {
  it('breaks a promise', () => {
    unanswered(1_000);
    expect(() => stillness.check()).toThrow(
      new Violation('sticky: POST /auth/login was not answered within 3000 ms, nor its connection closed.'),
    );
    expect(() => stillness.check()).not.toThrow();
  });

  it('breaks none while something was held still, nor right after', () => {
    stillness.was(0, 4_000);
    unanswered(5_000);
    expect(() => stillness.check()).not.toThrow();
    unanswered(6_000);
    expect(() => stillness.check()).toThrow(Violation);
  });

  it('is counted where the machine was full for a good part of the time, and breaks a promise where it was for less', () => {
    stillness.machineWasFull(2_000, 2_500);
    unanswered(1_000);
    expect(() => stillness.check()).toThrow(Violation);
    stillness.machineWasFull(3_000, 3_500);
    unanswered(1_000);
    expect(() => stillness.check()).not.toThrow();
    expect(stillness.lateByMachine).toBe(1);
  });
});
