import type { AdvisedWorkload } from '../src/advise/workload.js';
import type { ServiceMode } from '../src/examine/service-mode.js';
import type { Scorecard, Section } from '../src/report/scorecard.js';
import type { Verdict } from '../src/statistics/verdict.js';
import { around, sampleScorecard, sampleSection } from './sample-scorecard.js';

type FoundFigures = Readonly<Record<string, number | null>>;

/** Round figures of a shop that keeps sessions in its processes. */
const found = {
  'client-carries': { carried: 60, content: 0, header: 260 },
  'request-cost': { wire: 1_200, header: 250, cpu: 2_000, cpuError: 50, atRest: 0.5, resident: 60e6 },
  'session-cost': { slope: 12_000, slopeError: 600, opened: 4_000 },
  memory: { inProcess: 3, otherLost: 3, freshLost: 3, needing: 3, inClient: 0, inShared: 0 },
  losses: { calmKept: 100, killKept: 50, stopKept: 50, rollKept: 0, outKept: 100, inKept: 50 },
} as const;

export type ExaminedQuestion = keyof typeof found;

const decidedBy: Readonly<Record<string, readonly string[]>> = {
  'session-cost': ['slope'],
  memory: ['inProcess'],
  losses: ['killKept'],
};

/** A section of an examination with these figures. */
export function examinedSection(name: string, figures: FoundFigures, change: Partial<Section> = {}): Section {
  const keys = decidedBy[name];
  const claim = {
    ...sampleSection.claims[0]!,
    decidedBy: keys ?? [],
    verdict: { ruling: 'does not hold' as const, because: 'as it is.' },
  };
  return {
    ...sampleSection,
    name,
    claims: keys === undefined ? [] : [claim],
    kinds: {},
    plots: [],
    notes: [],
    losses: [],
    audit: undefined,
    statements: undefined,
    figures: {
      service: Object.fromEntries(
        Object.entries(figures).map(([key, value]) => [
          key,
          value === null ? { value, low: null, high: null, samples: [value] } : around(value),
        ]),
      ),
    },
    ...change,
  };
}

/** Its only claim ruled so. */
export function ruled(section: Section, verdict: Verdict): Section {
  return { ...section, claims: section.claims.map((claim) => ({ ...claim, verdict })) };
}

/** An examination of that shop, with some figures changed; a question that is undefined was not asked. */
export function examinedShop(
  change: Readonly<Partial<Record<ExaminedQuestion, FoundFigures | undefined>>> = {},
  mode: ServiceMode | undefined = 'sticky',
): Scorecard {
  const names = (Object.keys(found) as ExaminedQuestion[]).filter(
    (name) => !(name in change && change[name] === undefined),
  );
  return {
    ...sampleScorecard,
    modes: undefined,
    settings: { ...sampleScorecard.settings, modes: ['service'], customers: 0, seconds: 0, rounds: 3 },
    sections: names.map((name) => examinedSection(name, { ...found[name], ...change[name] })),
    examined: {
      name: 'node server.js',
      journey: ['GET /', 'POST /login', 'POST /cart', 'GET /cart'].map((name) => ({ name, needs: [] })),
      paragraph: 'It remembers in the process.',
      mode,
      notes: [],
      command: "npm run lab -- examine --command 'node server.js' --journey shop.yaml",
    },
  };
}

/** The same with one section changed. */
export function examinedWith(name: ExaminedQuestion, of: (section: Section) => Section): Scorecard {
  const shop = examinedShop();
  return { ...shop, sections: shop.sections.map((section) => (section.name === name ? of(section) : section)) };
}

/** What is asked of it. */
export const workloadOfShop: AdvisedWorkload = {
  users: 20_000,
  thinkSeconds: 60,
  sessionBytes: 12_000,
  writesPercent: 20,
  lossTolerance: 'any',
};
