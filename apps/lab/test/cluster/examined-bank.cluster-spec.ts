import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modeNames, type ModeName, modes } from '../../src/bank/modes.js';
import { modeOf } from '../../src/examine/service-mode.js';
import { kubernetesTarget } from '../../src/examine/target/kubernetes/kubernetes-target.js';
import type { Section } from '../../src/report/scorecard.js';
import { bankExpected, bankJourney, bankQuestions, bankUsers } from '../examined/bank.js';
import { examineOnce } from '../examined/examine-once.js';
import { expectRulings } from '../examined/rulings.js';
import { no, type Rulings, untold, yes } from '../strangers/expected.js';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { customers } from './customers.js';
import { bankUrl, place } from './place.js';

const port = 3_000;
const patienceMs = 600_000;
/** All modes are examined at once, beside other specs. */
const ratePerSecond = 40;

/** What each mode is told to be behind the bank's own ingress. */
const expected: Readonly<Record<ModeName, Rulings>> = {
  stateless: { ...bankExpected.stateless, ledBack: no },
  sticky: { ...bankExpected.sticky, ledBack: yes },
  // With nothing done most sessions are lost already.
  unpinned: {
    anyReplica: no,
    ledBack: no,
    survivesCrash: untold,
    survivesStop: untold,
    survivesRoll: untold,
    survivesScaleOut: untold,
    survivesScaleIn: untold,
  },
  // A deletion, however quick, is no crash: the pod has two seconds to hand its sessions over.
  handoff: { ...bankExpected.handoff, ledBack: yes, survivesCrash: untold },
  shared: { ...bankExpected.shared, ledBack: no },
};

describe('the bank on a cluster, examined as a service that nobody knows', () => {
  /** All at once: an examination mostly waits for pods. */
  const examinations = new Map<ModeName, Promise<readonly Section[]>>();

  beforeAll(async () => {
    const bank = await openBank({
      ...steadyModes,
      'modes.unpinned.enabled': 'true',
      'session.sessionsPerMinute': '0',
      'session.sessionsPerMinuteOfAddress': '0',
      'drain.deadlineMs': '3000',
      'drain.leaveMs': '3000',
      'drain.quietMs': '2000',
    });
    await bank.close();
    for (const mode of modeNames) {
      const examination = examined(mode);
      examination.catch(() => {});
      examinations.set(mode, examination);
    }
  }, upgradeMs);
  afterAll(() => Promise.allSettled(examinations.values()), patienceMs);

  it.each(modeNames)(
    'is told to be %s where it is',
    async (mode) => {
      const sections = await examinations.get(mode)!;
      expectRulings(sections, expected[mode]);
      expect(modeOf(sections)).toBe(mode);
    },
    patienceMs,
  );
});

async function examined(mode: ModeName): Promise<readonly Section[]> {
  const { context, namespace, release } = place;
  const { workload: component, style } = modes[mode];
  const workload = `${style === 'stateless' ? 'deployment' : 'statefulset'}/${release}-${component}`;
  const target = await kubernetesTarget({ context, namespace, workload, port, url: bankUrl, readOnly: false });
  try {
    const users = bankUsers((await customers(2)).map(({ token }) => token));
    const asked = { target, journey: bankJourney(mode), users, ratePerSecond };
    const { sections } = await examineOnce(asked, bankQuestions);
    return sections;
  } finally {
    await target.close();
  }
}
