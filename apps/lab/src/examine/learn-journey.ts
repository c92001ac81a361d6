import { isDeepStrictEqual } from 'node:util';
import type { WalkableJourney } from './journey/walkable-journey.js';
import { sendable } from './sendable.js';
import type { Target } from './target/target.js';
import { createWalker, type WalkerSettings } from './walk/create-walker.js';

/** An id may be found only once the request that gives it is answered as it should be. */
const maxWalks = 3;

/** Walks a journey that was recorded once until the replies show nothing more that its clients must carry. */
export async function learnJourney(
  recorded: WalkableJourney,
  target: Pick<Target, 'replicas'>,
  settings: Omit<WalkerSettings, 'journey' | 'users'>,
): Promise<WalkableJourney> {
  const [home = 'front door' as const] = await target.replicas();
  let known = recorded;
  for (let walks = 0; known.afterWalk !== undefined && walks < maxWalks; walks += 1) {
    const { users } = known;
    const { journey } = sendable(known.journey, settings.allowWrites);
    // The last user, since the first is often the one of the recording, who gets the same again.
    const { steps } = await createWalker({ ...settings, journey, users }).walk({
      to: () => home,
      user: users.length - 1,
    });
    const replies = new Map(steps.map(({ index, reply }) => [journey.requests[index], reply]));
    const learned = known.afterWalk(known.journey.requests.map((request) => replies.get(request)));
    if (isDeepStrictEqual(learned.journey, known.journey)) break;
    known = learned;
  }
  return known;
}
