import { markup, type Markup, type Part } from '../markup.js';
import { methodOf } from '../method.js';
import type { Scorecard } from '../scorecard.js';
import { reproduceCommand } from '../summary.js';
import { folded } from './folded.js';

/** What a reader needs to believe the figures or to refute them. */
export function lastPage(scorecard: Scorecard): Markup {
  const { settings, startedAt } = scorecard;
  return folded(
    'method',
    markup``,
    markup`${methodOf(scorecard).map(
      ({ title, paragraphs }) => markup`<h3>${title}</h3>
        ${paragraphs.map((text) => markup`<p>${text}</p>`)}`,
    )}
    <h3>Where and how it ran</h3>
    <dl>
      ${facts(scorecard).map(
        ([name, value]) =>
          markup`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <h3>To run it again</h3>
    <pre>${reproduceCommand(scorecard)}</pre>
    <p>
      The seed reproduces arrivals, think times, choices and the order of modes; not the speed of the machine. What
      changed between two runs, and whether it is more than noise:
      <code>npm run lab -- compare A/scorecard.json B/scorecard.json</code>
    </p>
    <p class="soft small">
      ${settings.platform}, started ${startedAt}. Figures in full, with what each round found, are in scorecard.json.
    </p>`,
    'Method, machine and settings',
  );
}

function facts({ settings, machine, cluster, versions, startedAt, examined }: Scorecard): (readonly [string, Part])[] {
  const { platform, modes, customers, seconds, seed, rounds, quick } = settings;
  const nodes = cluster?.nodes ?? [];
  const pods = Object.entries(cluster?.pods ?? {});
  return [
    ['Started', startedAt],
    ['Platform', platform],
    examined === undefined ? ['Modes', modes.join(', ')] : ['Examined', examined.name],
    ['Rounds', quick ? `${rounds}, quick: the smallest sizes` : `${rounds}`],
    ...(examined === undefined
      ? ([
          ['Customers', `${customers}`],
          ['Load', `${seconds} s in each measurement`],
        ] as const)
      : []),
    ['Seed', `${seed}`],
    [
      'Machine of the lab',
      `${machine.system}, ${machine.cores} cores (${machine.cpu}), ${(machine.memoryBytes / 1e9).toFixed(1)} GB`,
    ],
    ...nodes.map(({ name, cpu, memory, system }) => [`Node ${name}`, `${cpu} CPU, ${memory}, ${system}`] as const),
    ...pods.map(
      ([name, { requests, limits }]) => [`Pods of ${name}`, `request ${requests}, limited to ${limits}`] as const,
    ),
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
  ];
}
