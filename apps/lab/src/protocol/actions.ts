/** What a page asks of the lab beyond looking, and what it is answered: plain JSON. */

/** `PUT crowd`: what is to change; the answer is the CrowdSettings. */
export interface CrowdOption {
  readonly modes?: readonly string[];
  readonly customers?: number;
  readonly arrivalsPerSecond?: number;
}

/** What was done to the bank, and what customers have lost by it so far: a lost session counts when its customer comes back. */
export interface Done {
  readonly id: string;
  readonly did: string;
  readonly tookMs: number;
  /** How long customers have had to find out since. */
  readonly watchedMs: number;
  /** Sessions by mode and cause, beyond what was lost at that rate before. */
  readonly lost: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Requests by mode, likewise. */
  readonly failed: Readonly<Record<string, number>>;
  /** Customers whose session went with a pod, and who have not come back to find out. */
  readonly awaited: number;
  /** Nothing more is counted: all have found out, or are waited for no longer. */
  readonly isCounted: boolean;
}

/** `POST experiments`. */
export interface ExperimentRequest {
  readonly name: string;
  readonly quick: boolean;
}

export type OwnSessionStep = 'sign-in' | 'look' | 'payee' | 'amount' | 'confirm' | 'sign-out';

/** One request of your own session, as it went over the wire; secrets are abbreviated. */
export interface RequestView {
  readonly id: number;
  readonly at: number;
  readonly what: string;
  readonly method: string;
  readonly path: string;
  /** Null when no reply came. */
  readonly status: number | null;
  readonly pod: string | null;
  readonly bootId: string | null;
  readonly ms: number;
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody: unknown;
  readonly replyHeaders: readonly (readonly [name: string, value: string])[];
  readonly replyBody: unknown;
  /** The access token that it carried, read. */
  readonly token: { readonly header: object; readonly claims: object } | null;
  readonly bytes: {
    readonly requestHeader: number;
    readonly requestBody: number;
    readonly replyHeader: number;
    readonly replyBody: number;
  };
  /** `ok`, `session-lost`, `refused` or `unknown`. */
  readonly outcome: string;
}

/** Your own session in one mode, as it is after your latest step. */
export interface OwnSessionSnapshot {
  readonly id: string;
  readonly mode: string;
  /** As whom. */
  readonly name: string;
  /** Where the session lives or, stateless, which answered last. */
  readonly pod: string | null;
  readonly bootId: string | null;
  readonly step: 'signed-out' | 'signed-in' | 'payee' | 'amount' | 'done';
  readonly may: readonly OwnSessionStep[];
  /** What the pod or the store remembers of you; null in stateless. */
  readonly remembers: unknown;
  /** What you carry instead. */
  readonly carries: readonly { readonly name: string; readonly bytes: number; readonly text: string }[];
  readonly lost: { readonly cause: string; readonly reported: string; readonly pod: string | null } | null;
  /** The last ones, the oldest first. */
  readonly recordings: readonly RequestView[];
}
