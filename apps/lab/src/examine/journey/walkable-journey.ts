import type { ReadJourney } from './journey-file.js';
import type { Journey } from './journey.js';
import type { RecordedReply } from './recording.js';
import { type JourneyUser, walkingUsers } from './users.js';

/** A journey, and who walks it. */
export interface WalkableJourney {
  readonly journey: Journey;
  /** Whom walks send it as, in turn. */
  readonly users: readonly JourneyUser[];
  /** What to know of how it was made, in a sentence each. */
  readonly notes?: readonly string[];
  /** As `afterWalk` of what was read. */
  readonly afterWalk?: (replies: readonly (RecordedReply | undefined)[]) => WalkableJourney;
}

/** What was read, with the users of a file. @throws UserError where nobody has what the journey brings */
export function walkableJourney(read: ReadJourney, users: readonly JourneyUser[]): WalkableJourney {
  const { journey, user, notes, afterWalk } = read;
  const walkable = { journey, users: walkingUsers(journey, user, users), notes };
  return afterWalk === undefined
    ? walkable
    : { ...walkable, afterWalk: (replies) => walkableJourney(afterWalk(replies), users) };
}
