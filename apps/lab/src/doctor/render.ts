import { wrap } from '../report/format.js';
import { terminalWidth } from '../report/terminal.js';
import { isReady, lastingPods, type Finding, type ClusterSnapshot } from './cluster-snapshot.js';

/** The findings as lines for a person: sentence, what proves it, and the next command, which is never broken. */
export function render(snapshot: ClusterSnapshot | undefined, findings: readonly Finding[]): string[] {
  if (snapshot === undefined) return findings.flatMap(oneOf).slice(1);
  return [...summary(snapshot, findings.length), ...findings.flatMap(oneOf)];
}

function summary(snapshot: ClusterSnapshot, count: number): string[] {
  const pods = lastingPods(snapshot);
  const ready = pods.filter(isReady).length;
  const found = count === 0 ? 'Nothing is wrong.' : count === 1 ? '1 thing is wrong:' : `${count} things are wrong:`;
  const line = `${snapshot.context}, namespace ${snapshot.namespace}: ${ready} of ${pods.length} pods ready. ${found}`;
  return [line, ...snapshot.unread.map((what) => `Could not be looked at: ${what}`)];
}

function oneOf({ sentence, evidence = [], next }: Finding, index: number): string[] {
  return [
    '',
    ...wrap(`${index + 1}. ${sentence}`, terminalWidth, '   '),
    ...evidence.flatMap((line) => wrap(`   > ${line}`, terminalWidth, '   > ')),
    ...next.map((command, position) => `   ${position === 0 ? '$' : 'or $'} ${command}`),
  ];
}
