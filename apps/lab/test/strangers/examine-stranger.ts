import { join } from 'node:path';
import { readJourneyFile } from '../../src/examine/journey/journey-file.js';
import { readUsers, walkingUsers } from '../../src/examine/journey/users.js';
import { serviceQuestions } from '../../src/examine/questions/service-questions.js';
import type { Target } from '../../src/examine/target/target.js';
import { createWalker } from '../../src/examine/walk/create-walker.js';
import type { Section } from '../../src/report/scorecard.js';
import { examineOnce } from '../examined/examine-once.js';
import { type StrangerName, strangers } from './strangers.js';
import { built } from './toolchains.js';

// What memory grows by takes a minute for each stranger, and has a test of its own.
const questions = serviceQuestions.map(({ name }) => name).filter((name) => !name.endsWith('-cost'));

/** Asks all of a stranger, wherever it runs. @throws where it refuses its journey: nothing would be told of it */
export async function examineStranger(
  name: StrangerName,
  target: Target,
  rate: { readonly ratePerSecond?: number } = {},
): Promise<readonly Section[]> {
  const { journey, user } = readJourneyFile(join(built, strangers[name].journey));
  const users = walkingUsers(journey, user, readUsers(join(built, 'users.csv')));
  const walker = createWalker({ journey, users, frontDoor: target.frontDoor, allowWrites: true });
  const [home] = await target.replicas();
  const { steps } = await walker.walk({ to: () => home!, user: 0 });
  const refused = steps.filter(({ reply: { status = 599 } }) => status >= 400);
  if (refused.length > 0) {
    const words = refused.map(({ request, reply }) => `${request.name}: ${reply.status ?? reply.fault}`);
    throw new Error(`${name} refuses its journey: ${words.join(', ')}`);
  }
  const { sections } = await examineOnce({ target, journey, users, ...rate }, questions);
  return sections;
}
