import { markup, type Markup, type Part } from '../markup.js';
import type { Scorecard } from '../scorecard.js';
import { reproduceCommand } from '../summary.js';
import { folded } from './folded.js';
import { howItWasExamined } from './examined-page.js';

/** What a reader needs to believe the figures or to refute them. */
export function lastPage(scorecard: Scorecard): Markup {
  const { settings, startedAt, examined } = scorecard;
  return folded(
    'method',
    markup``,
    markup`${examined === undefined ? howItWasMeasured : howItWasExamined}
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

const howItWasMeasured = markup`<h3>How a figure comes about</h3>
<p>
  Customers arrive open loop: when they come does not depend on how fast they are answered, and latency counts from
  the moment at which the customer meant to ask. The first part of each measurement is warm-up and not counted. If
  the generator itself fell behind, the latencies of that round are void and a note says so.
</p>
<p>
  Each experiment measures every mode once a round, the modes in an order shuffled by the seed, so that a slow
  minute of the machine does not fall on one mode. Events (requests failed, sessions lost) are added up over the
  rounds; of everything else the median is given. The interval is the 95 % percentile bootstrap interval over the
  rounds (Efron and Tibshirani, 1993).
</p>
<h3>How a verdict comes about</h3>
<p>
  A rule, written before the run, says <em>holds</em>, <em>does not hold</em> or <em>cannot tell here</em> from the
  figures alone. It is applied to the figures and to 1,000 resamples of the rounds. Where fewer than 95 % of the
  resamples are ruled the same, the verdict is <em>cannot tell here</em>. The share that agreed is how sure a
  verdict is. One round gives a verdict but nothing that says how sure it is.
</p>
<p>
  Each lost session and each failed request is booked under one cause. What no cause explains is a fault of the bank
  or of the lab, and fails the run.
</p>`;

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
