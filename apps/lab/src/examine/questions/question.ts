import type { Section } from '../../report/scorecard.js';
import type { Journey } from '../journey/journey.js';
import type { JourneyUser } from '../journey/users.js';
import type { Target } from '../target/target.js';
import type { Walker } from '../walk/walker.js';
import type { AtRest } from './at-rest.js';

/** What one question of an examination may use. */
export interface Examination {
  readonly target: Target;
  /** Only requests that may be sent. */
  readonly journey: Journey;
  readonly walker: Walker;
  readonly rounds: number;
  readonly seed: number;
  /** Whom walks send the journey as. */
  readonly users: readonly JourneyUser[];
  /** Whether replicas may be killed, stopped and scaled. */
  readonly mayBreak: boolean;
  readonly ratePerSecond: number;
  readonly stopping: AbortSignal;
  readonly progress: (sentence: string) => void;
  /** What the service answers that user when nothing disturbs it; learned when it is first asked for. */
  readonly atRest: (user: number) => Promise<AtRest>;
  /** Takes secrets out of what is told. */
  readonly mask: (text: string) => string;
  /** How many requests were sent so far. */
  readonly sent: () => number;
}

/** One question to the service; its section of the scorecard holds figures, verdicts and plots. */
export interface ServiceQuestion {
  readonly name: string;
  readonly summary: string;
  /** Why it cannot be asked here, in a sentence; undefined where it can. */
  cannotHere(examination: Examination): string | undefined;
  ask(examination: Examination): Promise<Section>;
}
