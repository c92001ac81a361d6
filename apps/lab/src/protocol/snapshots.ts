/** What the lab tells its page, and both sides know: plain JSON, times in milliseconds since 1970. */

import type { Autoscaling, PodPhase } from '../platform/platform.js';
import type { Done } from './actions.js';

export interface PodSnapshot {
  readonly name: string;
  readonly phase: PodPhase;
  /** Of the process that runs under the name now; null where that is not known. */
  readonly bootId: string | null;
  /** Thousandths of a core; null, as the figures below, where the pod has not told. */
  readonly cpu: number | null;
  readonly memoryBytes: number | null;
  readonly sessions: number | null;
  readonly perSecond: number | null;
  /** Answers 5xx since it was started. */
  readonly failed: number | null;
  /** Of what our customers asked it over the last seconds (`overSeconds`); null where they asked nothing. */
  readonly p99Ms: number | null;
}

export interface WorkloadSnapshot {
  readonly workload: string;
  /** Null where no autoscaler owns it. */
  readonly autoscaling: Autoscaling | null;
  readonly pods: readonly PodSnapshot[];
}

/** Something that happened, in a sentence; ids count up. */
export interface LabEvent {
  readonly id: number;
  readonly at: number;
  readonly sentence: string;
}

/** What may be done from the page. */
export type ActionName = 'crowd' | 'session' | 'scale' | 'kill' | 'stop' | 'roll' | 'pause-store' | 'experiment';

/** Somebody in a mode. */
export interface CustomerSnapshot {
  readonly id: number;
  readonly mode: string;
  /** Where the session lives or, stateless, which answered last; null before the first answer. */
  readonly pod: string | null;
}

export interface CrowdSettings {
  /** Which modes customers come to, of those that this bank has. */
  readonly modes: readonly string[];
  readonly available: readonly string[];
  /** Most in each mode at a time. */
  readonly customers: number;
  /** Who come a second in each mode while there is room. */
  readonly arrivalsPerSecond: number;
  readonly maxCustomers: number;
  readonly maxArrivals: number;
  /** What a customer pauses for on average between two requests. */
  readonly thinkMs: number;
}

/** What customers met in one mode. */
export interface ModeSnapshot {
  readonly mode: string;
  /** The seconds, whole ones that are over, that the rate and the latencies are taken over. */
  readonly overSeconds: number;
  readonly perSecond: number;
  /** Null also where the lab itself fell behind, so that they would tell of the lab: why, in words. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly behind: string | null;
  /** The first customer came then, and all below is counted from then. */
  readonly since: number;
  readonly requests: number;
  readonly failed: number;
  readonly failedBy: Readonly<Record<string, number>>;
  /** Sessions. */
  readonly opened: number;
  readonly lost: number;
  readonly lostBy: Readonly<Record<string, number>>;
  /** Open ones that went with their pod: they count as lost when their customers come back and find out. */
  readonly awaited: number;
  readonly transfers: number;
  /** Ends of what customers came for. */
  readonly journeys: number;
  readonly gaveUp: number;
  /** Bytes of a request and its reply on average; null, as the fields below, before the first. */
  readonly sentHeader: number | null;
  readonly sentBody: number | null;
  readonly receivedHeader: number | null;
  readonly receivedBody: number | null;
  /** What a client has to make up for a request, and to keep for it. */
  readonly preparedFields: number | null;
  readonly carriedFields: number | null;
}

/** A lost session; ids count up. */
export interface LossSnapshot {
  readonly id: number;
  readonly at: number;
  readonly mode: string;
  /** Whose it was. */
  readonly customer: number;
  /** In which it lived. */
  readonly pod: string | null;
  readonly bootId: string | null;
  readonly cause: string;
  /** The step of a transfer that has to be begun again. */
  readonly unfinished: string | null;
}

export interface CrowdSnapshot {
  readonly settings: CrowdSettings;
  /** In the order in which they came. */
  readonly customers: readonly CustomerSnapshot[];
  readonly modes: readonly ModeSnapshot[];
  /** The last ones, the oldest first. */
  readonly losses: readonly LossSnapshot[];
}

/** What the latest audit of the ledger found. */
export interface AuditSnapshot {
  readonly at: number;
  /** Null where it could not be made. */
  readonly clean: boolean | null;
  readonly accounts: number;
  readonly transfers: number;
  readonly breach: string | null;
  /** Why it could not be made. */
  readonly fault: string | null;
}

export interface KnownExperiment {
  readonly name: string;
  readonly summary: string;
  readonly claims: readonly { readonly number: number; readonly sentence: string }[];
  /** Of a quick run. */
  readonly expectedSeconds: number;
}

export interface RunningExperiment {
  readonly name: string;
  readonly startedAt: number;
  readonly progress: string;
  readonly secondsLeft: number | null;
}

export interface DoneExperiment {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  /** It came to its end, no money was lost, and every loss has a cause. */
  readonly passed: boolean;
  readonly verdicts: readonly {
    readonly number: number;
    readonly sentence: string;
    readonly ruling: string;
    /** What it stands on, where that is too little to be sure of; empty otherwise. */
    readonly onlyBy: string;
    readonly because: string;
  }[];
  /** Relative address of the report's HTML. */
  readonly report: string;
}

export interface ExperimentsSnapshot {
  readonly known: readonly KnownExperiment[];
  readonly running: RunningExperiment | null;
  readonly done: readonly DoneExperiment[];
}

/** All there is to show: the event `snapshot`, and what `/state` answers. */
export interface BankSnapshot {
  /** Which bank. */
  readonly bank: string;
  /** Its front door, for who would call it. */
  readonly baseUrl: string;
  readonly platform: 'local' | 'kubernetes';
  /** What may be done with the token; nothing where the lab only looks. */
  readonly may: readonly ActionName[];
  /** When this was told. */
  readonly at: number;
  /** When the pods were read; null before they were. */
  readonly readAt: number | null;
  /** What is wrong with the latest reading, in words; null when nothing is. */
  readonly fault: string | null;
  readonly workloads: readonly WorkloadSnapshot[];
  /** The last ones, the oldest first. */
  readonly events: readonly LabEvent[];
  /** Null where the lab sends no customers. */
  readonly crowd: CrowdSnapshot | null;
  /** Null before the first one. */
  readonly audit: AuditSnapshot | null;
  readonly experiments: ExperimentsSnapshot | null;
  /** The last things that were done from a page, the oldest first. */
  readonly done: readonly Done[];
}

/** What is new of the crowd. */
export interface CrowdChange {
  readonly settings?: CrowdSettings;
  readonly modes?: readonly ModeSnapshot[];
  readonly arrived?: readonly CustomerSnapshot[];
  /** Who is at another pod now, and at which. */
  readonly moved?: readonly (readonly [id: number, pod: string | null])[];
  readonly left?: readonly number[];
  readonly losses?: readonly LossSnapshot[];
  /** Requests that each pod has answered since the message before. */
  readonly answered?: Readonly<Record<string, number>>;
}

/** What is new since the message before: the event `change`. A part that is not there is as it was. */
export interface SnapshotChange extends Pick<BankSnapshot, 'at' | 'readAt' | 'fault'> {
  /** Those that have changed, each whole. */
  readonly workloads?: readonly WorkloadSnapshot[];
  /** Names of those that are shown no more. */
  readonly without?: readonly string[];
  readonly events?: readonly LabEvent[];
  readonly may?: readonly ActionName[];
  readonly crowd?: CrowdChange;
  readonly audit?: AuditSnapshot | null;
  readonly experiments?: ExperimentsSnapshot | null;
  readonly done?: readonly Done[];
}
