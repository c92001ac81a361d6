import { setMaxListeners } from 'node:events';
import type { Section } from '../report/scorecard.js';
import type { Journey } from './journey/journey.js';
import type { WalkableJourney } from './journey/walkable-journey.js';
import { learnJourney } from './learn-journey.js';
import { learnAtRest, type AtRest } from './questions/at-rest.js';
import type { Examination, ServiceQuestion } from './questions/question.js';
import { sendable } from './sendable.js';
import type { Target } from './target/target.js';
import { UserError } from '../user-error.js';
import { createWalker, type WalkerSettings } from './walk/create-walker.js';

type ExamineSettings = Pick<Examination, 'rounds' | 'seed' | 'mayBreak' | 'ratePerSecond' | 'stopping' | 'progress'>;

export interface ExamineOptions extends ExamineSettings, WalkableJourney {
  readonly target: Target;
  /** Whether anything but GET and HEAD may be sent; else such requests are left out of the journey. */
  readonly allowWrites: boolean;
  readonly questions: readonly ServiceQuestion[];
  /** Takes secrets out of what is told. */
  readonly mask: (text: string) => string;
}

/** What came of each question, and what to know before any figure is read. */
export interface ExaminedService {
  readonly sections: readonly Section[];
  /** What was sent. */
  readonly journey: Journey;
  readonly notes: readonly string[];
}

/** A service that takes connections and says nothing would be waited for with each request. @throws UserError */
async function checkAnswers(
  { target, journey, users, allowWrites }: ExamineOptions,
  settings: Omit<WalkerSettings, 'journey' | 'users'>,
): Promise<void> {
  const [home = 'front door' as const] = await target.replicas();
  const walker = createWalker({ ...settings, journey: sendable(journey, allowWrites).journey, users });
  const { steps } = await walker.walk({ to: () => home, only: [0], user: 0 });
  if (steps[0]?.reply.fault !== 'timeout') return;
  throw new UserError(
    `${target.name} takes the connection and does not answer ${steps[0].request.name} within ten seconds: its log says why. ` +
      'Nothing can be told of a service that does not answer at rest.',
  );
}

/** Learns what the service answers at rest, and asks each question. */
export async function examine(options: ExamineOptions): Promise<ExaminedService> {
  const { target, allowWrites, ratePerSecond, stopping, progress, mask } = options;
  // Each walk that waits for its turn listens.
  setMaxListeners(0, stopping);
  let sent = 0;
  const cookieNotes = new Set<string>();
  const settings = {
    frontDoor: target.frontDoor,
    allowWrites,
    ratePerSecond,
    stopping,
    onReply: () => sent++,
    say: (sentence: string) => cookieNotes.add(sentence),
  };
  await checkAnswers(options, settings);
  const { users, journey: learned, notes: howLearned = [] } = await learnJourney(options, target, settings);
  const { journey, notes } = sendable(learned, allowWrites);
  const walker = createWalker({ ...settings, journey, users });
  const known = new Map<number, Promise<AtRest>>();
  const atRest = (user: number): Promise<AtRest> => {
    const learning = known.get(user) ?? learnAtRest({ journey, target, walker, mask }, user);
    known.set(user, learning);
    return learning;
  };
  const examination: Examination = { ...options, journey, users, walker, atRest, sent: () => sent };
  progress('what it answers at rest');
  const { unsteady } = await atRest(0);
  const sections: Section[] = [];
  for (const question of options.questions) {
    stopping.throwIfAborted();
    sections.push(await question.ask(examination));
  }
  const mishaps = (target.mishaps?.() ?? []).map(mask);
  return { sections, journey, notes: [...mishaps, ...howLearned, ...notes, ...unsteady, ...cookieNotes] };
}
