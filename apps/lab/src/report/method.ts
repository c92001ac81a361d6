import type { Scorecard } from './scorecard.js';

/** What a reader needs to know to believe figures and verdicts, or to refute them. */
export interface MethodPart {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const interval =
  'Events (requests failed, sessions lost) are added up over the rounds; of what is called longest or last the round ' +
  'with the most counts; of everything else the median is given. The interval is the 95 % percentile bootstrap interval over the rounds (Efron and Tibshirani, 1993).';
const rule =
  'A rule, written before the run, says “holds”, “does not hold” or “cannot tell here” from the figures alone. It is ' +
  'applied to the figures and to 1,000 resamples of the rounds. Where fewer than 95 % of the resamples are ruled the ' +
  'same, the verdict is “cannot tell here”. The share that agreed is how sure a verdict is. One round gives a verdict ' +
  'but nothing that says how sure it is.';

const ofTheBank: readonly MethodPart[] = [
  {
    title: 'How a figure comes about',
    paragraphs: [
      'Customers arrive open loop: when they come does not depend on how fast they are answered, and latency counts ' +
        'from the moment at which the customer meant to ask. The first part of each measurement is warm-up and not ' +
        'counted. If the generator itself fell behind, the latencies of that round are void and a note says so.',
      'Each experiment measures every mode once a round, the modes in an order shuffled by the seed, so that a slow ' +
        `minute of the machine does not fall on one mode. ${interval}`,
    ],
  },
  {
    title: 'How a verdict comes about',
    paragraphs: [
      rule,
      'Each lost session and each failed request is booked under one cause. What no cause explains is a fault of the ' +
        'bank or of the lab, and fails the run.',
    ],
  },
];

const ofAnExamination: readonly MethodPart[] = [
  {
    title: 'How a figure comes about',
    paragraphs: [
      'Virtual users send the requests of the journey, each with a cookie jar of its own and the values that replies ' +
        'gave it, at no more than the rate that was asked for. Before anything is judged, the journey is walked twice ' +
        'at one replica and once at each other, with nothing to disturb it: what differs between those replies varies ' +
        `on its own, and is never called memory. Each question is asked in rounds. ${interval}`,
    ],
  },
  { title: 'How a verdict comes about', paragraphs: [rule] },
];

/** How figures and verdicts of a report come about. */
export function methodOf({ examined }: Pick<Scorecard, 'examined'>): readonly MethodPart[] {
  return examined === undefined ? ofTheBank : ofAnExamination;
}
