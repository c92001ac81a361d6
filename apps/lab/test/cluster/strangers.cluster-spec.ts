import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modeOf } from '../../src/examine/service-mode.js';
import { kubernetesTarget } from '../../src/examine/target/kubernetes/kubernetes-target.js';
import type { Section } from '../../src/report/scorecard.js';
import { expectRulings } from '../examined/rulings.js';
import { examineStranger } from '../strangers/examine-stranger.js';
import { expected, no, type Rulings, yes } from '../strangers/expected.js';
import { type StrangerName, strangers } from '../strangers/strangers.js';
import { missingToolchain } from '../strangers/toolchains.js';
import { nameMeans } from './host-name.js';
import { installRedis, installStrangers, removeStrangers, strangerHost, strangerPort } from './installed-strangers.js';
import { place } from './place.js';
import { loadStrangerImage } from './stranger-image.js';

const patienceMs = 600_000;
/** All are examined at once, beside other specs. */
const ratePerSecond = 100;

/** Who is deployed, with what the front door shows beside what the documentation says. */
const deployed = {
  // Nothing in its replies tells which pod answered; their logs do.
  'express-memory-store': { ledBack: yes },
  'express-redis-store': { ledBack: no },
  podinfo: { ledBack: no },
} as const satisfies Partial<Record<StrangerName, Rulings>>;

type DeployedName = keyof typeof deployed;

const here = new Set<DeployedName>();
for (const name of Object.keys(deployed) as DeployedName[]) {
  const why = await missingToolchain(strangers[name].toolchain);
  if (why === undefined) here.add(name);
  else process.stderr.write(`Skipped: ${name}. ${why}\n`);
}

describe('a service that no one here wrote, in a Deployment behind the ingress', () => {
  /** All at once: an examination mostly waits for pods. */
  const examinations = new Map<DeployedName, Promise<readonly Section[]>>();

  beforeAll(async () => {
    const toolchains = new Set([...here].map((name) => strangers[name].toolchain));
    await Promise.all([installRedis(), loadStrangerImage([...toolchains])]);
    await installStrangers([...here]);
    for (const name of here) {
      const examination = examined(name);
      examination.catch(() => {});
      examinations.set(name, examination);
    }
  }, patienceMs);
  afterAll(async () => {
    await Promise.allSettled(examinations.values());
    await removeStrangers();
  }, patienceMs);

  for (const name of Object.keys(deployed) as DeployedName[]) {
    (here.has(name) ? it : it.skip)(
      `is told to be what its documentation says: ${name}`,
      async () => {
        const sections = await examinations.get(name)!;
        const rulings = { ...expected[name].rulings, ...deployed[name] };
        expectRulings(sections, rulings);
        expect(modeOf(sections)).toBe(expected[name].mode);
      },
      patienceMs,
    );
  }
});

async function examined(name: DeployedName): Promise<readonly Section[]> {
  const { context, namespace, ingressUrl } = place;
  const { hostname, port } = new URL(ingressUrl);
  nameMeans(strangerHost(name), hostname);
  const workload = `deployment/${name}`;
  const url = `http://${strangerHost(name)}:${port || 80}`;
  const target = await kubernetesTarget({ context, namespace, workload, port: strangerPort, url, readOnly: false });
  try {
    return await examineStranger(name, target, { ratePerSecond });
  } finally {
    await target.close();
  }
}
