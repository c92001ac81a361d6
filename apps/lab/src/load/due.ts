/** Node's timers fire up to two ms late however idle the process is. */
const timerTickMs = 2;

/**
 * The time from which a latency counts, for a request that was planned for `plannedAt` and is about to go out. It is
 * the planned time, so that a stall delays no clock: what waits behind a slow answer is counted as slow, too (Gil Tene,
 * wrk2, "coordinated omission": https://github.com/giltene/wrk2). Only the timer's own tick is forgiven.
 */
export function due(plannedAt: number, now = performance.now()): number {
  return now - plannedAt <= timerTickMs ? now : plannedAt;
}
