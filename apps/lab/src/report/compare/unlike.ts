import { isSound, type Scorecard } from '../scorecard.js';

/** What must be known of two runs before their figures are compared: how they differ, and whether one is unsound. */
export function unlike(one: Scorecard, other: Scorecard): string[] {
  const before = circumstances(one);
  const after = circumstances(other);
  return [
    ...[one, other].flatMap((scorecard, index) =>
      isSound(scorecard) ? [] : [`${'AB'[index]} is not sound: money, losses or an experiment's end are amiss in it.`],
    ),
    ...Object.keys(before)
      .filter((name) => before[name] !== after[name])
      .map((name) => `${name}: ${before[name]} in A, ${after[name]} in B.`),
    ...onlyIn('A', one, other),
    ...onlyIn('B', other, one),
  ];
}

function circumstances({ settings, machine, cluster, versions, examined }: Scorecard): Record<string, string> {
  const { platform, modes, customers, seconds, seed, rounds, quick } = settings;
  const nodes = cluster?.nodes.map(({ cpu, memory }) => `${cpu} CPU ${memory}`).join(', ');
  return {
    'what was measured': examined?.name ?? 'the bank',
    platform,
    modes: modes.join(', '),
    customers: `${customers}`,
    'seconds of load': `${seconds}`,
    seed: `${seed}`,
    rounds: `${rounds}`,
    size: quick ? 'quick' : 'full',
    system: machine.system,
    CPU: `${machine.cores} cores (${machine.cpu})`,
    memory: `${(machine.memoryBytes / 1e9).toFixed(1)} GB`,
    nodes: nodes ?? 'none',
    'limits of the pods': JSON.stringify(cluster?.pods ?? 'none'),
    Tellers: versions.tellers,
    Node: versions.node,
  };
}

function onlyIn(name: string, one: Scorecard, other: Scorecard): string[] {
  const there = new Set(other.sections.map((section) => section.name));
  const alone = one.sections.map((section) => section.name).filter((experiment) => !there.has(experiment));
  return alone.length === 0 ? [] : [`only in ${name}: ${alone.join(', ')}.`];
}
