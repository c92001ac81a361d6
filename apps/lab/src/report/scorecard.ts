import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../repository.js';
import { plotSchema, unitSchema, type PlotValue } from './plot.js';
import { lossCauses } from '../losses/loss-causes.js';

const figureSchema = z.number().nullable();

const kindSchema = z.object({
  label: z.string(),
  unit: unitSchema,
  over: z.enum(['total', 'max', 'median']).meta({ description: 'How rounds become one figure' }),
  latency: z.literal(true).optional().meta({ description: 'Void in a round in which the generator fell behind' }),
  absent: z.enum(['beyond', 'unmeasured']).optional().meta({
    description: 'Null means more than the experiment waited for, or that a round left it out on purpose',
  }),
});

const estimateSchema = z
  .object({
    value: figureSchema,
    low: figureSchema,
    high: figureSchema,
    samples: z.array(figureSchema).meta({ description: 'What each round found, in their order' }),
  })
  .meta({ description: 'A figure over all rounds and its 95 % interval by bootstrap; none from one round' });

/** A claim of the lesson and what became of it. */
const judgedClaimSchema = z.object({
  number: z.int(),
  sentence: z.string(),
  decidedBy: z
    .array(z.string())
    .meta({ description: 'Keys of the figures that the rule goes by, the most telling first' }),
  verdict: z.object({
    ruling: z.enum(['holds', 'does not hold', 'cannot tell here']),
    because: z.string(),
    agreement: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({
        description:
          'Share of the resamples of the rounds in which the rule says what it says of the figures; below 0.95 the ' +
          'ruling is "cannot tell here". Absent when there was one round',
      }),
  }),
});

const lossSchema = z.object({
  mode: z.string(),
  cause: z.enum(lossCauses),
  sessions: z.int(),
  requests: z.int(),
  example: z.string().optional().meta({ description: 'The first one in words, where no cause explains it' }),
});

/** One experiment's part of the scorecard; without claims for a run that only shows figures. */
const sectionSchema = z.object({
  name: z.string(),
  summary: z.string().optional().meta({ description: 'What the experiment asks' }),
  claims: z.array(judgedClaimSchema),
  kinds: z.record(z.string(), kindSchema),
  figures: z.record(z.string(), z.record(z.string(), estimateSchema)).meta({ description: 'By mode, in their order' }),
  plots: z.array(plotSchema),
  how: z.string(),
  rounds: z.int(),
  seconds: z.number(),
  notes: z.array(z.string()).meta({ description: 'What a reader of the figures must know' }),
  losses: z.array(lossSchema).meta({ description: 'Lost sessions and failed requests, each booked under one cause' }),
  audit: z
    .object({ clean: z.boolean(), accounts: z.int(), transfers: z.int(), breach: z.string().nullable() })
    .optional()
    .meta({ description: 'Absent when it could not be made' }),
  statements: z
    .object({
      customers: z.int(),
      transfers: z.int(),
      unknown: z.int(),
      lostMinor: z.int(),
      faults: z.array(z.string()),
    })
    .optional(),
  fault: z.string().optional().meta({
    description: 'Why the experiment did not come to an end; a fault of the lab or of the bank, never of the claim',
  }),
});

const settingsSchema = z.object({
  platform: z.string(),
  modes: z.array(z.string()),
  customers: z.int(),
  seconds: z.number().meta({ description: 'Of load in one measurement' }),
  seed: z.int(),
  rounds: z.int(),
  quick: z.boolean(),
});

/** A service of somebody's own that was examined, in place of the bank. */
const examinedSchema = z.object({
  name: z.string().meta({ description: 'Its address, or the command that starts it' }),
  journey: z
    .array(
      z.object({
        name: z.string(),
        needs: z.array(z.int()).meta({ description: 'Places of the earlier requests that its reply needs, from 0' }),
      }),
    )
    .meta({ description: 'The requests that were sent, in their order' }),
  paragraph: z.string().meta({ description: 'What it is, what it loses when, and what to change first' }),
  mode: z
    .enum(['stateless', 'sticky', 'unpinned', 'handoff', 'shared'])
    .optional()
    .meta({ description: 'Which of the five modes it is in; absent where that cannot be told' }),
  notes: z.array(z.string()).meta({ description: 'What to know before any figure is read' }),
  command: z.string().meta({ description: 'What examines it again' }),
});

/** All that a run found, and where and how it ran. Written as JSON; a change of its shape changes `schemaVersion`. */
export const scorecardSchema = z.object({
  schemaVersion: z.literal(2),
  startedAt: z.iso.datetime(),
  modes: z
    .array(z.object({ name: z.string(), about: z.string() }))
    .optional()
    .meta({
      description:
        'Every mode that could have been compared, in the order that gives each its look; absent in scorecards of labs ' +
        'that did not write it',
    }),
  settings: settingsSchema,
  machine: z
    .object({ system: z.string(), cpu: z.string(), cores: z.int(), memoryBytes: z.int() })
    .meta({ description: 'Where the lab ran, and on one machine the bank, too' }),
  cluster: z
    .object({
      nodes: z.array(z.object({ name: z.string(), cpu: z.string(), memory: z.string(), system: z.string() })),
      pods: z.record(z.string(), z.object({ requests: z.string(), limits: z.string() })),
    })
    .optional()
    .meta({ description: 'Nodes, and what each workload requests and may take, as Kubernetes writes them' }),
  versions: z.object({ tellers: z.string(), node: z.string() }),
  examined: examinedSchema.optional().meta({ description: 'Absent where the bank ran' }),
  sections: z.array(sectionSchema),
});

export type JudgedClaim = PlotValue<z.infer<typeof judgedClaimSchema>>;
export type Section = PlotValue<z.infer<typeof sectionSchema>>;
export type Settings = PlotValue<z.infer<typeof settingsSchema>>;
export type Examined = PlotValue<z.infer<typeof examinedSchema>>;
export type Scorecard = PlotValue<z.infer<typeof scorecardSchema>>;

/** The JSON Schema (2020-12) of scorecard.json, for readers in other languages; committed as docs/scorecard.schema.json. */
export function scorecardJsonSchema(): object {
  const described = scorecardSchema.meta({
    title: 'Tellers scorecard',
    description:
      'All that a run of the lab found, and where and how it ran: what `run --report` writes as scorecard.json',
  });
  return z.toJSONSchema(described);
}

/** Puts a scorecard together on this machine; of what `settings` hold it takes those that a reader must know. */
export function scorecardOf(
  startedAt: Date,
  {
    modes,
    settings,
    sections,
    cluster,
    examined,
  }: Pick<Scorecard, 'modes' | 'settings' | 'sections' | 'cluster' | 'examined'>,
): Scorecard {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
  return {
    schemaVersion: 2,
    startedAt: startedAt.toISOString(),
    modes,
    settings: settingsSchema.parse(settings),
    machine: {
      system: `${type()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
    cluster,
    versions: { tellers: version, node: process.version },
    examined,
    sections,
  };
}

/**
 * Whether money is where it belongs, every loss has a cause, and every experiment came to its end: what a run's exit
 * code tells. Of somebody's own service nobody audits money, and a loss without a cause is a finding.
 */
export function isSound({ sections, examined }: Pick<Scorecard, 'sections' | 'examined'>): boolean {
  if (examined !== undefined) return sections.every(({ fault }) => fault === undefined);
  return sections.every(
    ({ audit, statements, losses, fault }) =>
      fault === undefined &&
      audit?.clean === true &&
      (statements === undefined || statements.faults.length === 0) &&
      losses.every(({ cause }) => cause !== 'unexplained'),
  );
}

/** The names of all modes, in the order that gives each its look. */
export function modeOrder({ modes, settings }: Pick<Scorecard, 'modes' | 'settings'>): readonly string[] {
  return modes?.map(({ name }) => name) ?? settings.modes;
}
