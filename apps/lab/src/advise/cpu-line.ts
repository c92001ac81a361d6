/** What pods did under one load. */
export interface LoadPoint {
  readonly requestsPerSecond: number;
  /** CPU that all of them used, in microseconds a second. */
  readonly cpuUsPerSecond: number;
}

/** CPU as a straight line over requests: what it takes at rest, and what each request adds. */
export interface CpuLine {
  /** Microseconds a second, of all pods. */
  readonly atRestUs: number;
  readonly requestUs: number;
}

/**
 * The line through two loads. A share at rest is needed because a pod that is asked little still turns its timers, is
 * probed and collects garbage: CPU by requests would make each request of a small load dearer, and a forecast wrong by that.
 * Noise may bend the line below nothing; then all is counted as the requests' own.
 */
export function cpuLine(few: LoadPoint, many: LoadPoint): CpuLine {
  const requestUs = (many.cpuUsPerSecond - few.cpuUsPerSecond) / (many.requestsPerSecond - few.requestsPerSecond);
  const atRestUs = few.cpuUsPerSecond - few.requestsPerSecond * requestUs;
  if (requestUs > 0 && atRestUs >= 0) return { atRestUs, requestUs };
  return { atRestUs: 0, requestUs: many.cpuUsPerSecond / many.requestsPerSecond };
}

/** CPU in microseconds a second that the line gives for a load. */
export function cpuUsAt({ atRestUs, requestUs }: CpuLine, requestsPerSecond: number): number {
  return atRestUs + requestsPerSecond * requestUs;
}
