import type { Section } from '../../report/scorecard.js';
import type { Journey } from '../journey/journey.js';
import type { Target } from '../target/target.js';
import type { Walker } from '../walk/walker.js';

/** What one question of an examination may use. */
export interface Examination {
  readonly target: Target;
  readonly journey: Journey;
  readonly walker: Walker;
  readonly rounds: number;
  readonly seed: number;
  /** Whether anything but GET and HEAD may be sent. */
  readonly allowWrites: boolean;
  /** Whether replicas may be killed, stopped and scaled. */
  readonly mayBreak: boolean;
  readonly stopping: AbortSignal;
  readonly progress: (sentence: string) => void;
}

/** One question to the service; its section of the scorecard holds figures, verdicts and plots. */
export interface ServiceQuestion {
  readonly name: string;
  readonly summary: string;
  /** Why it cannot be asked here, in a sentence; undefined where it can. */
  cannotHere(examination: Examination): string | undefined;
  ask(examination: Examination): Promise<Section>;
}
