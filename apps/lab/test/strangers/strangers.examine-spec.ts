import { afterAll, expect, it } from '@jest/globals';
import { modeOf } from '../../src/examine/service-mode.js';
import type { Section } from '../../src/report/scorecard.js';
import { expectRulings } from '../examined/rulings.js';
import { examineStranger } from './examine-stranger.js';
import { expected } from './expected.js';
import { type StrangerName, strangers } from './strangers.js';
import { startStranger, whyNotHere } from './start-stranger.js';
import { build, type Toolchain } from './toolchains.js';

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
      expectRulings(sections, rulings);
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
  try {
    return await examineStranger(name, stranger.target);
  } finally {
    await stranger.close();
  }
}
