/** What the lab tells its page, and both sides know: plain JSON, times in milliseconds since 1970. */

export interface PodNow {
  readonly name: string;
  readonly phase: 'starting' | 'ready' | 'terminating' | 'gone';
  /** Thousandths of a core; null, as the figures below, where the pod has not told. */
  readonly cpu: number | null;
  readonly memoryBytes: number | null;
  readonly sessions: number | null;
  readonly perSecond: number | null;
  /** Answers 5xx since it was started. */
  readonly failed: number | null;
}

export interface AutoscalingNow {
  readonly least: number;
  readonly most: number;
  readonly current: number;
  readonly desired: number;
  readonly cpu: number | null;
  readonly target: number | null;
  readonly unit: 'm' | '%';
}

export interface WorkloadNow {
  readonly workload: string;
  /** Null where no autoscaler owns it. */
  readonly autoscaling: AutoscalingNow | null;
  readonly pods: readonly PodNow[];
}

/** Something that happened, in a sentence; ids count up. */
export interface Happening {
  readonly id: number;
  readonly at: number;
  readonly sentence: string;
}

/** All there is to show: the event `snapshot`, and what `/state` answers. */
export interface BankNow {
  /** Which bank. */
  readonly bank: string;
  /** When this was told. */
  readonly at: number;
  /** When the pods were read; null before they were. */
  readonly readAt: number | null;
  /** What is wrong with the latest reading, in words; null when nothing is. */
  readonly fault: string | null;
  readonly workloads: readonly WorkloadNow[];
  /** The last ones, the oldest first. */
  readonly happenings: readonly Happening[];
}

/** What is new since the message before: the event `change`. */
export interface Change extends Pick<BankNow, 'at' | 'readAt' | 'fault'> {
  /** Those that have changed, each whole. */
  readonly workloads: readonly WorkloadNow[];
  /** Names of those that are shown no more. */
  readonly without: readonly string[];
  readonly happenings: readonly Happening[];
}
