import type { JourneyRequest } from '../journey/journey.js';
import type { Replica } from '../target/target.js';
import type { Reply } from './reply.js';

/** One request of a walk and what became of it. */
export interface WalkedStep {
  /** Its place in the journey, from 0. */
  readonly index: number;
  /** With its values in their places, where none was missing: for judging and counting, never for printing. */
  readonly request: JourneyRequest;
  readonly reply: Reply;
  /** The cookies that went with it, each `name=value`: for counting, never for printing. */
  readonly cookies: readonly string[];
  /** The value that was missing, by its name: nothing was sent then, and the step is lost. */
  readonly missing: string | undefined;
}

export interface WalkOptions {
  /** Whom each request goes to, by its place in the journey: a replica by itself, or the front door. */
  readonly to: (index: number) => Replica | 'front door';
  /** Places in the journey of the requests that are sent, in this order; all if not given. */
  readonly only?: readonly number[];
  /** How often each request is sent, with the same content; once if not given. */
  readonly times?: number;
  /** Which user of the CSV walks, from 0. */
  readonly user: number;
  /** Begins with the cookies and values that this walk ended with, rather than as a new client; what it was stays as it is. */
  readonly as?: JourneyWalk;
  /** Names of cookies that are held back. */
  readonly withoutCookies?: readonly string[];
  /** Called before each request; a journey that waits between its steps waits here. */
  readonly before?: (index: number) => Promise<void>;
}

/** A client that has walked: its cookies, the values that replies gave it, and what came back. */
export interface JourneyWalk {
  readonly user: number;
  readonly steps: readonly WalkedStep[];
}

/** Sends journeys, as a client with a cookie jar of its own each, at no more than the rate that was asked for. */
export interface Walker {
  walk(options: WalkOptions): Promise<JourneyWalk>;
}
