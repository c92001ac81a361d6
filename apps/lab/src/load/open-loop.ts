import { setTimeout as sleep } from 'node:timers/promises';
import { due } from './due.js';

export interface OpenLoop {
  /** Intended starts in ms from now, ascending. */
  readonly arrivals: Iterator<number>;
  readonly durationMs: number;
  /** Starts one arrival; `intendedAt` is in `performance.now()` time. Not awaited before the next one starts. */
  readonly start: (intendedAt: number, index: number) => Promise<void>;
  readonly stopping?: AbortSignal;
}

/** How well the generator itself kept to its plan. */
export interface Punctuality {
  readonly started: number;
  readonly late: number;
  readonly maxLateMs: number;
  /** False when so many starts were late that the figures tell of the generator, not of the bank. */
  readonly keptUp: boolean;
}

/** A start this late is the generator's fault: an event loop in good health is late by a few ms. */
const lateAfterMs = 50;

/**
 * Starts each arrival at its time whether or not the earlier ones were answered: a slow bank does not slow the
 * arrivals down. Resolves when the last one that started has ended.
 */
export async function openLoop({ arrivals, durationMs, start, stopping }: OpenLoop): Promise<Punctuality> {
  const startedAt = performance.now();
  const running = new Set<Promise<void>>();
  let [started, late, maxLateMs] = [0, 0, 0];
  for (;;) {
    const { value: offset, done } = arrivals.next();
    if (done === true || offset >= durationMs || stopping?.aborted) break;
    const intendedAt = startedAt + offset;
    if (!(await until(intendedAt, stopping))) break;
    const lateMs = performance.now() - intendedAt;
    if (lateMs > lateAfterMs) late++;
    maxLateMs = Math.max(maxLateMs, lateMs);
    const run: Promise<void> = start(due(intendedAt), started++).finally(() => running.delete(run));
    running.add(run);
  }
  await Promise.all(running);
  return { started, late, maxLateMs, keptUp: keptUp(started, late) };
}

/** One late start in fifty is still a fair picture. */
export function keptUp(started: number, late: number): boolean {
  return late <= started / 50;
}

async function until(at: number, signal: AbortSignal | undefined): Promise<boolean> {
  const waitMs = at - performance.now();
  if (waitMs <= 0) return true;
  try {
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
