import { afterAll, expect, it } from '@jest/globals';
import { readJourneyFile } from '../../src/examine/journey/journey-file.js';
import { readUsers, walkingUsers } from '../../src/examine/journey/users.js';
import { serviceQuestions } from '../../src/examine/questions/service-questions.js';
import { modeOf } from '../../src/examine/service-mode.js';
import { createWalker } from '../../src/examine/walk/create-walker.js';
import type { Section } from '../../src/report/scorecard.js';
import { examineOnce } from '../examined/examine-once.js';
import { claimNumbers, type ClaimTopic, expected } from './expected.js';
import { type StrangerName, strangers } from './strangers.js';
import { startStranger, whyNotHere } from './start-stranger.js';
import { build, type Toolchain } from './toolchains.js';

// What memory grows by takes a minute for each stranger, and has a test of its own.
const questions = serviceQuestions.map(({ name }) => name).filter((name) => name !== 'session-cost');

const needed = new Set<Toolchain>();

for (const name of Object.keys(strangers) as StrangerName[]) {
  const why = await whyNotHere(name);
  if (why !== undefined) process.stderr.write(`Skipped: ${name}. ${why}\n`);
  else needed.add(strangers[name].toolchain);
  (why === undefined ? it.concurrent : it.skip)(
    `tells of ${name} what its documentation says`,
    async () => {
      const { rulings, mode } = expected[name];
      const sections = await examined(name);
      expect(sections.flatMap(({ fault }) => fault ?? [])).toEqual([]);
      expect(rulingsOf(sections, Object.keys(rulings) as ClaimTopic[])).toEqual(rulings);
      if (mode !== 'any') expect(modeOf(sections)).toBe(mode);
    },
    300_000,
  );
}

// What takes long to download and compile is built while others are examined; who needs it is told of a fault.
const building = Promise.allSettled([...needed].map(build));
afterAll(() => building, 300_000);

async function examined(name: StrangerName): Promise<readonly Section[]> {
  const stranger = await startStranger(name, 2);
  const { target, journeyFile, usersFile } = stranger;
  try {
    const { journey, user } = readJourneyFile(journeyFile);
    const users = walkingUsers(journey, user, readUsers(usersFile));
    const walker = createWalker({ journey, users, frontDoor: target.frontDoor, allowWrites: true });
    const [home] = await target.replicas();
    const { steps } = await walker.walk({ to: () => home!, user: 0 });
    // Of a service that refuses its journey nothing would be told.
    expect(steps.filter(({ reply: { status = 599 } }) => status >= 400)).toEqual([]);
    const { sections } = await examineOnce({ target, journey, users }, questions);
    return sections;
  } finally {
    await stranger.close();
  }
}

function rulingsOf(sections: readonly Section[], topics: readonly ClaimTopic[]): Record<string, string | undefined> {
  const claims = sections.flatMap((section) => section.claims);
  const rulingOf = (topic: ClaimTopic) => claims.find(({ number }) => number === claimNumbers[topic])?.verdict.ruling;
  return Object.fromEntries(topics.map((topic) => [topic, rulingOf(topic)]));
}
